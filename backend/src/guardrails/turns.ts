import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from './rails/steps.js';

/** Longest that a work holds the event loop at once, in milliseconds; one step may take it over. */
const LONGEST_TURN = 5;

/**
 * Long works, one after the other and each in short turns: however many come at once, no turn of
 * the event loop waits for more than one of them.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** @returns what the work comes to; it fails as the work does, and the next one goes on. */
  take<Result>(begin: () => Steps<Result>): Promise<Result> {
    const result = this.last.then(() => inTurns(begin()));
    this.last = result.catch(() => undefined);
    return result;
  }
}

/** One work in short turns, between which others have theirs. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const until = performance.now() + LONGEST_TURN;
    do {
      const { done, value } = steps.next();
      if (done === true) return value;
    } while (performance.now() < until);
    await nextTurn();
  }
}
