import { Service, signal } from '@angular/core';

/** "3 minutes ago" is right to the minute; half of one keeps it so. */
const TICK_MS = 30_000;

/** What time it is, for words such as "now" and "today" on a page that stays open. */
@Service()
export class Clock {
  private readonly time = signal(Date.now());

  /** Milliseconds since 1970, at most half a minute old. */
  readonly now = this.time.asReadonly();

  constructor() {
    setInterval(() => this.tick(), TICK_MS);
  }

  /** Looks at the time at once, such as after the tab was hidden. */
  tick(): void {
    this.time.set(Date.now());
  }
}
