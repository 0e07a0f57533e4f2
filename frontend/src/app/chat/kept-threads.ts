import { computed, effect, inject, Service } from '@angular/core';
import type { Conversation } from '../api/contract';
import { SessionStore } from '../auth/session-store';
import type { ThreadPost } from './thread-post';

/** What was on the screen of a conversation. */
export interface KeptThread {
  readonly conversation: Conversation;
  readonly posts: readonly ThreadPost[];
  /** Where the older posts begin, null when all are here. */
  readonly cursor: string | null;
}

/** As many conversations as one goes back and forth between; a page of posts is some tens of kB. */
const KEPT = 20;

/** The conversations read last, in memory only: to be read while the server is away. */
@Service()
export class KeptThreads {
  private readonly threads = new Map<number, KeptThread>();

  constructor() {
    const session = inject(SessionStore);
    const owner = computed(() => session.user()?.id);
    effect(() => {
      owner();
      // Nothing of one person to the next.
      this.threads.clear();
    });
  }

  find(id: number): KeptThread | undefined {
    return this.threads.get(id);
  }

  keep(thread: KeptThread): void {
    this.threads.delete(thread.conversation.id);
    this.threads.set(thread.conversation.id, thread);
    const [oldest] = this.threads.keys();
    if (this.threads.size > KEPT && oldest !== undefined) this.threads.delete(oldest);
  }
}
