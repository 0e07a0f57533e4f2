import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { PostsApi } from '../api/posts-api';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { Toasts } from '../ui/toasts';
import { railMessages } from './rail-notes.rules';
import type { ThreadPost } from './thread-post';
import { ThreadStore } from './thread-store';

/** What the guardrails did about a prompt, its sources and its answer, and a way to say that it was wrong. */
@Component({
  selector: 'app-rail-notes',
  imports: [Icon, TranslocoPipe],
  template: `
    @for (message of messages(); track message) {
      <p>
        <app-icon name="shield" />
        <span>{{ message }}</span>
      </p>
    }
    @if (post().status !== 'answering' && post().id !== 0 && !locked()) {
      <button type="button" (click)="report(!reported())">
        @if (reported()) {
          <app-icon name="check" />
          {{ 'guardrails.reportedBy' | transloco }} ·
          <span>{{ 'action.undo' | transloco }}</span>
        } @else {
          <span>{{ 'guardrails.reportWrong' | transloco }}</span>
        }
      </button>
    }
  `,
  styles: `
    :host {
      --icon-size: 1rem;

      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0 var(--s3);
      margin: var(--s3) 0;
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    p {
      display: flex;
      gap: var(--s2);
      margin: 0;
    }

    app-icon {
      flex: none;
    }
    button {
      display: inline-flex;
      align-items: center;
      gap: var(--s1);
      min-height: 1.5rem;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      cursor: pointer;
    }
    button span {
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
    button:hover {
      color: var(--ink);
    }
    /* There it has a line of its own: below the words, not below their picture. */
    @media (max-width: 47.99rem) {
      p + button {
        margin-inline-start: calc(var(--icon-size) + var(--s2));
      }
    }
  `,
})
export class RailNotes {
  private readonly api = inject(PostsApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly thread = inject(ThreadStore);
  private readonly toasts = inject(Toasts);
  readonly post = input.required<ThreadPost>();
  /** In a deleted conversation nothing can be changed. */
  readonly locked = input(false);
  protected readonly messages = computed(() => railMessages(this.post()));
  protected readonly reported = linkedSignal(() =>
    this.post().rails.some(({ reported }) => reported),
  );

  protected async report(wrong: boolean): Promise<void> {
    this.reported.set(wrong);
    try {
      await this.api.reportRails(this.post().id, wrong);
      const rails = this.post().rails.map((rail) => ({ ...rail, reported: wrong }));
      this.thread.update(this.post().key, (post) => ({ ...post, rails }));
      const key = wrong ? 'guardrails.reportedWrong' : 'guardrails.reportTaken';
      this.toasts.show(this.languages.text(key));
    } catch (thrown) {
      this.reported.set(!wrong);
      this.failures.show(thrown);
    }
  }
}
