import { computed, effect, inject, Service } from '@angular/core';
import type { Conversation } from '../api/contract';
import { SessionStore } from '../auth/session-store';
import { type HeldThread, lastHeld, type ThreadSlice } from './thread-slice.rules';

/** What was on the screen of a conversation. */
export interface KeptThread {
  readonly conversation: Conversation;
  /** Its last posts. */
  readonly slice: ThreadSlice;
}

/** As many conversations as one goes back and forth between. */
const KEPT = 20;
/** Of each, some pages; a quarter of a million characters take half a megabyte at the most. */
const KEPT_POSTS = 100;
const KEPT_CHARACTERS = 250_000;

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

  keep(conversation: Conversation, held: HeldThread): void {
    const slice = lastHeld(held, KEPT_POSTS, KEPT_CHARACTERS);
    this.threads.delete(conversation.id);
    this.threads.set(conversation.id, { conversation, slice });
    const [oldest] = this.threads.keys();
    if (this.threads.size > KEPT && oldest !== undefined) this.threads.delete(oldest);
  }
}
