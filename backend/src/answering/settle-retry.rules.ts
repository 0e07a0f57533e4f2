/** Waits between the first attempts to write the end of a run, in milliseconds. */
const RETRY_AFTER_MS = [500, 1000, 2000, 4000, 8000];

/** Waits after those, for a database that is merely away. */
const AWAY_RETRY_MS = 8000;

/** A failed attempt to write the end of a run. */
export interface FailedAttempt {
  /** 0 for the first. */
  readonly attempt: number;
  /** The database cannot be reached or is full, as opposed to refusing this. */
  readonly away: boolean;
  /** This process is about to end. */
  readonly stopping: boolean;
}

/**
 * Milliseconds until the next attempt; undefined to give up. What people have read lives only in
 * memory then, so a database that is away is waited for as long as the process lives; one that
 * refuses would refuse for ever.
 */
export function nextAttemptMs({ attempt, away, stopping }: FailedAttempt): number | undefined {
  return RETRY_AFTER_MS[attempt] ?? (away && !stopping ? AWAY_RETRY_MS : undefined);
}
