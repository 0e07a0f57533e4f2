const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** Tries to hand a prompt over this often before giving it back to the person. */
export const MAX_HAND_OVERS = 4;

/** A break shorter than this many attempts goes by unsaid: it is over before it is read. */
const UNSAID = 1;

/** Whether to say that the server is not reached, after so many attempts in a row. */
export const isWorthSaying = (attempts: number, online: boolean): boolean =>
  !online || attempts > UNSAID;

/**
 * How long to wait before attempt number `attempt` (0, 1, …), in milliseconds: doubling up to 15 s,
 * a random half of it, so that many screens do not return in the same instant.
 */
export function backOff(attempt: number, random: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(whole / 2 + (whole / 2) * random);
}
