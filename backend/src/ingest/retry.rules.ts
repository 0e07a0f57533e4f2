import { DomainError, RetryLaterError } from '../platform/domain-error.js';
import { DocumentFailure } from './document-failure.js';

/** How often work is begun before it is given up, where it may go well the next time. */
const MOST_ATTEMPTS = { reading: 2, other: 5 } as const;

/** Seconds until another attempt; the last one stands for all that follow. */
const PAUSES = [2, 15, 60, 300];

/** Seconds until it is seen whether a limit has room again: it may have been raised meanwhile. */
const LONGEST_WAIT_FOR_LIMIT = 600;
/** And where the refusal does not say when. */
const WAIT_FOR_LIMIT = 300;

export type NextStep =
  /** Nothing is wrong with the document: this attempt does not count, and says what it waits for. */
  | { readonly step: 'wait'; readonly afterSeconds: number; readonly refusal: DomainError }
  | { readonly step: 'again'; readonly afterSeconds: number }
  | { readonly step: 'give-up'; readonly failure: DocumentFailure };

/** Seconds until the attempt after so many. */
export const pauseAfter = (attempts: number): number =>
  PAUSES[Math.min(Math.max(attempts, 1), PAUSES.length) - 1] ?? 2;

/**
 * What becomes of work that failed: a document that cannot be read is not read again; one that
 * took too long or too much memory is, once; and what else went wrong (a model or an index that
 * is away) is tried for some minutes. What a limit refuses waits until the limit is whole again.
 * @param attempts how often it was begun, this time included.
 */
export function afterFailure(error: unknown, attempts: number): NextStep {
  const isLimit = error instanceof DomainError && error.code.startsWith('LIMIT.');
  if (isLimit || error instanceof RetryLaterError) {
    const seconds = error instanceof RetryLaterError ? error.retryAfterSeconds : WAIT_FOR_LIMIT;
    const afterSeconds = Math.min(Math.max(1, seconds), LONGEST_WAIT_FOR_LIMIT);
    return { step: 'wait', afterSeconds, refusal: error };
  }
  const failure = error instanceof DocumentFailure ? error : new DocumentFailure('DOCUMENT.FAILED');
  const most =
    error instanceof DocumentFailure
      ? error.mayPass
        ? MOST_ATTEMPTS.reading
        : 1
      : MOST_ATTEMPTS.other;
  if (attempts >= most) return { step: 'give-up', failure };
  return { step: 'again', afterSeconds: pauseAfter(attempts) };
}

/** Begun so often and never ended: it is what ends the processes that begin it. */
export const MOST_BEGUN = 10;
