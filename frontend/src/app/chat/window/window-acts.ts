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
  /** By post, one after the other: an earlier call that arrives last would hold. */
  private readonly calls = new Map<string, Promise<boolean>>();

  /** Sends a post with every question from now on, or no longer. */
  async pin(post: ThreadPost, pinned: boolean): Promise<void> {
    if (this.heldOf(post).pinned === pinned) return;
    const done = await this.change(
      post,
      (one) => ({ ...one, pinned }),
      () => this.api.pin(post.id, pinned),
    );
    if (done) {
      this.sayWithUndo(
        pinned ? 'window.pinned' : 'window.unpinned',
        () => void this.pin({ ...post, pinned }, !pinned),
        `pin-${post.key}`,
      );
    }
  }

  /** Sends nothing up to and including this post any more, or all that fits again. */
  async startFresh(post: ThreadPost, on: boolean): Promise<void> {
    if ((this.heldOf(post).freshStartAt !== null) === on) return;
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
        `fresh-${post.key}`,
      );
    }
  }

  /** Sends the posts themselves again, as far as they fit, in place of their summary. */
  async undoSummary(id: number): Promise<void> {
    if (await this.tried(() => this.api.undoSummary(id))) {
      this.sayWithUndo(
        'window.summaryUndone',
        () => void this.restoreSummary(id),
        `summary-${String(id)}`,
      );
    }
  }

  private async restoreSummary(id: number): Promise<void> {
    if (await this.tried(() => this.api.restoreSummary(id))) {
      this.toasts.show(this.languages.text('window.summaryRestored'));
    }
  }

  /** The post as it is now: a second click comes before the screen shows the first. */
  private heldOf(post: ThreadPost): ThreadPost {
    return this.thread.held().find(({ key }) => key === post.key) ?? post;
  }

  private async change(
    post: ThreadPost,
    change: (post: ThreadPost) => ThreadPost,
    call: () => Promise<void>,
  ): Promise<boolean> {
    const before = this.heldOf(post);
    this.thread.update(post.key, change);
    const { pinned, freshStartAt } = before;
    const earlier = this.calls.get(post.key);
    const called = earlier ? earlier.then(() => this.tried(call)) : this.tried(call);
    this.calls.set(post.key, called);
    const worked = await called;
    if (this.calls.get(post.key) === called) this.calls.delete(post.key);
    if (worked) return true;
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

  private sayWithUndo(key: string, run: () => void, about: string): void {
    const action = { label: this.languages.text('action.undo'), run };
    this.toasts.show(this.languages.text(key), action, about);
  }
}
