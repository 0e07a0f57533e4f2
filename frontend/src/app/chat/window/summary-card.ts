import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Summary } from '../../api/contract';
import { WindowApi } from '../../api/window-api';
import { FailureTexts } from '../../i18n/failure-texts';
import { Figures } from '../../i18n/figures';
import { LanguageStore } from '../../i18n/language-store';
import { When } from '../../i18n/when';
import { Markdown } from '../../markdown/markdown';
import { Icon } from '../../ui/icon';
import { Skeleton } from '../../ui/skeleton';
import { modelName } from '../model-name.rules';
import { WindowActs } from './window-acts';
import { WindowTexts } from './window-texts';

let lastId = 0;

/** The summary that is sent in place of earlier posts; its text is fetched when somebody wants it. */
@Component({
  selector: 'app-summary-card',
  imports: [Icon, Markdown, Skeleton, TranslocoPipe, When],
  template: `
    <div class="head">
      <app-icon name="book-open" />
      <span class="grow">{{ title() }}</span>
      <span class="acts">
        <button
          type="button"
          class="button plain small"
          [attr.aria-expanded]="open()"
          [attr.aria-controls]="open() ? contentId : null"
          (click)="toggle()"
        >
          {{ (open() ? 'window.hideSummary' : 'window.showSummary') | transloco }}
        </button>
        @if (!locked()) {
          <button type="button" class="button plain small" (click)="undo()">
            {{ 'action.undo' | transloco }}
          </button>
        }
      </span>
    </div>
    @if (open()) {
      <div class="content" [id]="contentId">
        @if (summary(); as one) {
          <app-markdown [text]="one.text" />
          <p class="about">
            <span>{{ 'window.summaryBy' | transloco: { model: model() } }}</span>
            <span>{{ cost() }}</span>
            <app-when [at]="one.createdAt" />
          </p>
        } @else {
          <app-skeleton [lines]="3" />
          <p class="visually-hidden" role="status">{{ 'state.loading' | transloco }}</p>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
      margin-top: var(--s4);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--sheet);
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s1) var(--s3);
      padding: var(--s2) var(--s2) var(--s2) var(--s4);
      font-size: var(--size-small);
    }
    .head > app-icon {
      color: var(--ink-soft);
    }
    .grow {
      flex: 1 1 12rem;
      min-width: 0;
      padding-block: var(--s1);
    }
    .acts {
      display: flex;
      margin-inline-start: auto;
    }
    .content {
      padding: var(--s3) var(--s4) var(--s4);
      border-top: 1px solid var(--line);
      --size-answer: var(--size-ui);
    }
    .about {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--s3);
      margin-top: var(--s3);
      color: var(--ink-faint);
      font-size: var(--size-small);
    }
  `,
})
export class SummaryCard {
  private readonly api = inject(WindowApi);
  private readonly acts = inject(WindowActs);
  private readonly texts = inject(WindowTexts);
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);
  private readonly failures = inject(FailureTexts);
  readonly id = input.required<number>();
  /** How many posts it stands for. */
  readonly posts = input.required<number>();
  readonly locked = input.required<boolean>();
  protected readonly contentId = `summary-${++lastId}`;
  protected readonly open = signal(false);
  /** What was fetched; another summary is another text. */
  private readonly fetched = signal<Summary | null>(null);
  protected readonly summary = computed(() => {
    const summary = this.fetched();
    return summary?.id === this.id() ? summary : null;
  });
  protected readonly title = computed(() => this.texts.summarised(this.posts()));
  protected readonly model = computed(() => modelName(this.summary()?.model ?? '') ?? '');
  protected readonly cost = computed(() => {
    const cost = this.summary()?.costUsd ?? null;
    return cost === null ? this.languages.text('receipt.unknownCost') : this.figures.money(cost);
  });

  protected async toggle(): Promise<void> {
    this.open.update((open) => !open);
    if (!this.open() || this.summary()) return;
    try {
      this.fetched.set(await this.api.summary(this.id()));
    } catch (thrown) {
      this.open.set(false);
      this.failures.show(thrown);
    }
  }

  protected undo(): void {
    void this.acts.undoSummary(this.id());
  }
}
