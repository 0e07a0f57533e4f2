import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { SERVER_ERROR } from '../api/api-failure';
import { SessionStore } from '../auth/session-store';
import { Clock } from '../i18n/clock';
import { LimitTexts } from '../limits/limit-texts';
import { isLimitReached, renewalOf } from '../limits/pause.rules';
import { WhatIsLeftStore } from '../limits/what-is-left-store';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon-shapes';
import { endedByRail } from './rail-notes.rules';
import type { ThreadPost } from './thread-post';
import { stateOf } from './post-state.rules';

/** Says what became of an answer that did not end well, and what can be done now. */
@Component({
  selector: 'app-post-state',
  imports: [Icon, RouterLink, TranslocoPipe],
  template: `
    @if (post().waiting && post().status === 'answering') {
      <p class="waiting" role="status">
        <app-icon name="wifi-off" />
        {{ (post().id === 0 ? 'tree.sendingAgain' : 'tree.reconnecting') | transloco }}
      </p>
    }
    @if (state(); as state) {
      <div class="note" [class.bad]="state.tone === 'bad'" [class.warn]="state.tone === 'warn'">
        <app-icon [name]="icon()" />
        <span class="grow">
          {{ state.key | transloco }}
          @if (!state.saysAll) {
            @if (why(); as message) {
              <span class="why">
                {{ message }}
                @if (postCode(); as id) {
                  {{ 'failure.id' | transloco: { id } }}
                }
                @if (renewal(); as at) {
                  {{ at.text }} ({{ at.wait }}).
                }
              </span>
            }
          }
        </span>
        @if (!locked()) {
          @for (act of state.acts; track act) {
            @switch (act) {
              @case ('continue') {
                <button type="button" class="button small" (click)="continued.emit()">
                  <app-icon name="play" />
                  {{ 'chat.continue' | transloco }}
                </button>
              }
              @case ('again') {
                @if (!renewal()) {
                  <button type="button" class="button small" (click)="regenerated.emit()">
                    <app-icon name="refresh-cw" />
                    {{ 'action.tryAgain' | transloco }}
                  </button>
                }
              }
              @case ('edit') {
                <button type="button" class="button small" (click)="edited.emit()">
                  <app-icon name="pencil" />
                  {{ 'chat.editPrompt' | transloco }}
                </button>
              }
              @case ('connect') {
                @if (session.isAdministrator()) {
                  <a class="button small" routerLink="/welcome">{{
                    'greeting.connect' | transloco
                  }}</a>
                }
              }
            }
          }
        }
      </div>
    }
  `,
  styles: `
    .note {
      margin-top: var(--s4);
    }
    .waiting {
      display: flex;
      align-items: center;
      gap: var(--s2);
      margin: var(--s3) 0 0;
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    .why {
      display: block;
      color: var(--ink-soft);
    }
  `,
})
export class PostState {
  private readonly whatIsLeft = inject(WhatIsLeftStore);
  private readonly texts = inject(LimitTexts);
  private readonly clock = inject(Clock);
  protected readonly session = inject(SessionStore);
  readonly post = input.required<ThreadPost>();
  readonly locked = input.required<boolean>();
  readonly continued = output();
  readonly regenerated = output();
  readonly edited = output();
  protected readonly state = computed(() => {
    const { status, body, error } = this.post();
    return stateOf(status, body !== '', error?.code ?? null);
  });
  protected readonly why = computed(
    () => endedByRail(this.post()) || (this.post().error?.message ?? ''),
  );
  /** The server's log names the post of a run that failed. */
  protected readonly postCode = computed(() => {
    const { id, error } = this.post();
    return error?.code === SERVER_ERROR ? `postId ${id}` : null;
  });
  /** While the limit that ended the answer is not renewed, trying again would end the same way. */
  protected readonly renewal = computed(() => {
    const { error, resetsAt } = this.post();
    if (!error || !isLimitReached(error.code)) return null;
    const time = renewalOf(error.code, resetsAt, this.whatIsLeft.limits());
    if (time === null || time <= this.clock.now()) return null;
    return { text: this.texts.renews(time), wait: this.texts.until(time) };
  });
  protected readonly icon = computed<IconName>(() => {
    const { status, error } = this.post();
    if (status === 'blocked') return 'shield';
    return error?.code.startsWith('LIMIT.') ? 'gauge' : 'circle-alert';
  });
}
