import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { OFFLINE } from '../api/api-failure';
import { SessionStore } from '../auth/session-store';
import { LanguageStore } from '../i18n/language-store';
import { AskingPause } from '../limits/asking-pause';
import { LimitTexts } from '../limits/limit-texts';
import { Icon } from '../ui/icon';
import type { Refusal } from './asking';

/** Why a prompt came back, what can be done, and from when on. */
@Component({
  selector: 'app-refusal-note',
  imports: [Icon, RouterLink, TranslocoPipe],
  template: `
    <div class="note" [class.warn]="limit()" [class.bad]="!limit()" role="alert">
      <app-icon [name]="limit() ? 'gauge' : 'circle-alert'" />
      <span class="grow">
        @if (refused().paused && !pause.current()) {
          {{ 'limits.over' | transloco }}
        } @else {
          {{ what() }}
          @if (renewal(); as at) {
            <!-- What changes by the minute is not read out again. -->
            {{ at.text }}<span aria-hidden="true"> ({{ at.wait }})</span>.
          }
          @if (advice(); as key) {
            {{ key | transloco }}
          }
        }
        {{ 'composer.kept' | transloco }}
      </span>
      <span class="acts">
        @if (limit() && session.isAdministrator()) {
          <a class="button small" routerLink="/limits">{{ 'limits.see' | transloco }}</a>
        }
        @if (maySend()) {
          <button type="button" class="button small" (click)="again.emit()">
            {{ 'action.tryAgain' | transloco }}
          </button>
        }
      </span>
      <button
        type="button"
        class="icon-button"
        [attr.aria-label]="'action.dismiss' | transloco"
        (click)="dismissed.emit()"
      >
        <app-icon name="x" />
      </button>
    </div>
  `,
  styles: `
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s2);
    }
    .acts:empty {
      display: none;
    }
    @media (max-width: 47.99rem) {
      .note > .grow {
        flex-basis: 8rem;
      }
      .note > .icon-button {
        align-self: flex-start;
        margin: calc(-1 * var(--s2)) calc(-1 * var(--s2)) 0 0;
      }
      .acts {
        order: 1;
        flex-basis: 100%;
      }
    }
  `,
})
export class RefusalNote {
  protected readonly session = inject(SessionStore);
  protected readonly pause = inject(AskingPause);
  private readonly texts = inject(LimitTexts);
  private readonly languages = inject(LanguageStore);
  readonly refused = input.required<Refusal>();
  readonly maySend = input.required<boolean>();
  readonly again = output();
  readonly dismissed = output();
  protected readonly limit = computed(() => this.refused().code.startsWith('LIMIT.'));
  /** What happened: by the limit where the server names it, else in the server's own words. */
  protected readonly what = computed(() => {
    const pause = this.pause.current();
    const { code, message } = this.refused();
    if (!pause?.limit || pause.code !== code) return message;
    const limit = this.texts.allowance(pause.limit);
    const owner = pause.team ? 'team' : 'own';
    return code === 'LIMIT.REQUESTS'
      ? this.languages.text(`limits.reached-${owner}`, { limit })
      : this.languages.text(`limits.full-${owner}`, { limit });
  });
  /** When it may be asked again; of a pause of seconds the server's own words say it. */
  protected readonly renewal = computed(() => {
    const pause = this.pause.current();
    if (!pause || !this.limit()) return null;
    const { until, resetsAt } = pause;
    const text = resetsAt === null ? this.texts.paused(until) : this.texts.renews(resetsAt);
    return { text, wait: this.texts.until(until) };
  });
  protected readonly advice = computed(() => {
    switch (this.refused().code) {
      case 'LIMIT.REQUESTS':
        return this.session.isAdministrator() ? null : 'limits.advice-requests';
      case 'LIMIT.TOKENS':
        return 'limits.advice-tokens';
      case 'LIMIT.BUDGET':
        return 'limits.advice-budget';
      case OFFLINE:
        return 'tree.sendLater';
      default:
        return null;
    }
  });
}
