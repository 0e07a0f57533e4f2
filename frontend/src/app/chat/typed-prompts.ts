import { computed, effect, inject, Service } from '@angular/core';
import { SessionStore } from '../auth/session-store';
import { isPromptBlocked } from './rail-notes.rules';
import type { ThreadPost } from './thread-post';

/** As many as one goes back to; the longest prompt has 200,000 characters. */
const KEPT = 20;

/** What was written in prompts that were held back: in memory only, the server never kept it. */
@Service()
export class TypedPrompts {
  private readonly typed = new Map<number, string>();

  constructor() {
    const session = inject(SessionStore);
    const owner = computed(() => session.user()?.id);
    effect(() => {
      owner();
      // Nothing of one person to the next.
      this.typed.clear();
    });
  }

  keep(postId: number, prompt: string): void {
    this.typed.set(postId, prompt);
    const [oldest] = this.typed.keys();
    if (this.typed.size > KEPT && oldest !== undefined) this.typed.delete(oldest);
  }

  /** What a post asked, as it was written; empty where only a notice of it is left. */
  of(post: ThreadPost): string {
    return isPromptBlocked(post) ? (this.typed.get(post.id) ?? '') : post.prompt;
  }
}
