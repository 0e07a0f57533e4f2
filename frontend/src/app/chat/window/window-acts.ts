import { inject, Service } from '@angular/core';
import { WindowApi } from '../../api/window-api';
import { FailureTexts } from '../../i18n/failure-texts';
import { LanguageStore } from '../../i18n/language-store';
import { Toasts } from '../../ui/toasts';
import type { ThreadPost } from '../thread-post';
import { ThreadStore } from '../thread-store';
import { WindowStore } from './window-store';

/** What a person decides about what is sent. Each act shows at once, and a note undoes it. */
@Service()
export class WindowActs {
  private readonly api = inject(WindowApi);
  private readonly window = inject(WindowStore);
  private readonly thread = inject(ThreadStore);
  private readonly toasts = inject(Toasts);
  private readonly languages = inject(LanguageStore);
  private readonly failures = inject(FailureTexts);

  /** Sends a post with every question from now on, or no longer. */
  async pin(post: ThreadPost, pinned: boolean): Promise<void> {
    const done = await this.change(
      post,
      (one) => ({ ...one, pinned }),
      () => this.api.pin(post.id, pinned),
    );
    if (done) {
      this.sayWithUndo(
        pinned ? 'window.pinned' : 'window.unpinned',
        () => void this.pin({ ...post, pinned }, !pinned),
      );
    }
  }

  /** Sends nothing up to and including this post any more, or all that fits again. */
  async startFresh(post: ThreadPost, on: boolean): Promise<void> {
    const freshStartAt = on ? new Date().toISOString() : null;
    const done = await this.change(
      post,
      (one) => ({ ...one, freshStartAt }),
      () => this.api.startFresh(post.id, on),
    );
    if (done) {
      this.sayWithUndo(
        on ? 'window.freshStarted' : 'window.freshUndone',
        () => void this.startFresh({ ...post, freshStartAt }, !on),
      );
    }
  }

  /** Sends the posts themselves again, as far as they fit, in place of their summary. */
  async undoSummary(id: number): Promise<void> {
    if (await this.tried(() => this.api.undoSummary(id))) {
      this.sayWithUndo('window.summaryUndone', () => void this.restoreSummary(id));
    }
  }

  private async restoreSummary(id: number): Promise<void> {
    if (await this.tried(() => this.api.restoreSummary(id))) {
      this.toasts.show(this.languages.text('window.summaryRestored'));
    }
  }

  private async change(
    post: ThreadPost,
    change: (post: ThreadPost) => ThreadPost,
    call: () => Promise<void>,
  ): Promise<boolean> {
    this.thread.update(post.key, change);
    const { pinned, freshStartAt } = post;
    if (await this.tried(call)) return true;
    this.thread.update(post.key, (one) => ({ ...one, pinned, freshStartAt }));
    return false;
  }

  /** @returns whether it worked; a failure is shown. */
  private async tried(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      this.window.heedChange();
      return true;
    } catch (thrown) {
      this.failures.show(thrown);
      return false;
    }
  }

  private sayWithUndo(key: string, run: () => void): void {
    this.toasts.show(this.languages.text(key), { label: this.languages.text('action.undo'), run });
  }
}
