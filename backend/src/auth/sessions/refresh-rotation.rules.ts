/** Milliseconds in which a token may come a second time: two tabs, or an answer that got lost. */
const REPEAT_MS = 30_000;

/** What is known about a refresh token that came in. */
export interface TokenHistory {
  /** When its successor was given out; null when it never was. */
  readonly usedAt: Date | null;
  /** Whether that successor exists and has not been used. */
  readonly successorUnused: boolean;
}

/**
 * `rotate`: give out a successor. `repeat`: give out the same one again. `theft`: two hold the
 * same chain, one of them wrongly, so it ends for both (RFC 9700, section 4.14.2).
 */
export type RotationMove = 'rotate' | 'repeat' | 'theft';

export function rotationMove(history: TokenHistory, now: Date): RotationMove {
  if (history.usedAt === null) {
    return 'rotate';
  }
  const recent = now.getTime() - history.usedAt.getTime() <= REPEAT_MS;
  return recent && history.successorUnused ? 'repeat' : 'theft';
}
