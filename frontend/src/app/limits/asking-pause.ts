import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import type { ApiFailure } from '../api/api-failure';
import { SessionStore } from '../auth/session-store';
import { holdsFor, pauseOf, type Asked, type Pause } from './pause.rules';
import { WhatIsLeftStore } from './what-is-left-store';

/** The longest that a browser's timer counts, in milliseconds: nearly 25 days. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** After a limit was reached: until when nothing is asked. It ends by itself when that time comes. */
@Service()
export class AskingPause {
  private readonly whatIsLeft = inject(WhatIsLeftStore);
  private readonly session = inject(SessionStore);
  private readonly paused = signal<Pause | null>(null);
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** The limits as they were; null until they are known. */
  private amounts: string | null = null;

  readonly current = this.paused.asReadonly();

  constructor() {
    const person = computed(() => this.session.user()?.id);
    effect(() => {
      person();
      untracked(() => this.end());
    });
    // Somebody raised a limit or took it away: it may be asked again.
    effect(() => {
      const amounts = this.whatIsLeft.limits() && this.whatIsLeft.amounts();
      if (amounts !== null) untracked(() => this.heedAmounts(amounts));
    });
  }

  /** Takes notice of a refusal. */
  heed(failure: ApiFailure, asked: Asked): void {
    const pause = pauseOf(failure, asked, Date.now());
    if (!pause) return;
    this.paused.set(pause);
    this.amounts = this.whatIsLeft.limits() && this.whatIsLeft.amounts();
    this.wait(pause.until);
    void this.whatIsLeft.load();
  }

  /** Whether asking this now would be refused again. */
  holds(asked: Asked): boolean {
    const pause = this.paused();
    return pause !== null && holdsFor(pause, asked);
  }

  private wait(until: number): void {
    if (this.timer) clearTimeout(this.timer);
    const rest = until - Date.now();
    this.timer = setTimeout(
      () => (rest > LONGEST_TIMER ? this.wait(until) : this.renew()),
      Math.min(rest, LONGEST_TIMER),
    );
  }

  private renew(): void {
    this.end();
    void this.whatIsLeft.load();
  }

  private heedAmounts(amounts: string): void {
    if (this.amounts !== null && this.amounts !== amounts) this.end();
    this.amounts = amounts;
  }

  private end(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.paused.set(null);
  }
}
