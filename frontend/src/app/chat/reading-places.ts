import { computed, effect, inject, Service } from '@angular/core';
import { SessionStore } from '../auth/session-store';

/** The post at the top of the screen, and where its own top was, in pixels. */
export interface ReadingPlace {
  readonly postId: number;
  readonly top: number;
}

/** As many as anyone goes back to. */
const KEPT = 50;

/** Where one was in the conversations one left: the browser's back goes there, not to the end. */
@Service()
export class ReadingPlaces {
  private readonly places = new Map<number, ReadingPlace>();

  constructor() {
    const session = inject(SessionStore);
    const owner = computed(() => session.user()?.id);
    effect(() => {
      owner();
      this.places.clear();
    });
  }

  of(conversationId: number): ReadingPlace | null {
    return this.places.get(conversationId) ?? null;
  }

  /** @param place null at the end, where a conversation opens by itself. */
  keep(conversationId: number, place: ReadingPlace | null): void {
    this.places.delete(conversationId);
    if (place) this.places.set(conversationId, place);
    const [oldest] = this.places.keys();
    if (this.places.size > KEPT && oldest !== undefined) this.places.delete(oldest);
  }
}
