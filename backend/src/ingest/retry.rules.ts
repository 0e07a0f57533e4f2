import { DocumentFailure } from './document-failure.js';

/** How often work is begun before it is given up, where it may go well the next time. */
const MOST_ATTEMPTS = { reading: 2, other: 5 } as const;

/** Seconds until another attempt; the last one stands for all that follow. */
const PAUSES = [2, 15, 60, 300];

export type NextStep =
  | { readonly step: 'again'; readonly afterSeconds: number }
  | { readonly step: 'give-up'; readonly failure: DocumentFailure };

/** Seconds until the attempt after so many. */
export const pauseAfter = (attempts: number): number =>
  PAUSES[Math.min(Math.max(attempts, 1), PAUSES.length) - 1] ?? 2;

/**
 * What becomes of work that failed: a document that cannot be read is not read again; one that
 * took too long or too much memory is, once; and what else went wrong (a model or an index that
 * is away) is tried for some minutes.
 * @param attempts how often it was begun, this time included.
 */
export function afterFailure(error: unknown, attempts: number): NextStep {
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
