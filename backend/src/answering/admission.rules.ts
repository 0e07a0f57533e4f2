/** A person's allowance of asks: it fills by the minute, and each ask takes one. */
export interface Allowance {
  readonly left: number;
  /** When `left` was true, in milliseconds. */
  readonly at: number;
}

const MINUTE_MS = 60_000;

/**
 * Takes one ask from an allowance (a token bucket that holds one minute's worth).
 * @returns the allowance after it, or how many seconds to wait.
 */
export function takeAsk(
  allowance: Allowance | undefined,
  perMinute: number,
  now: number,
): { readonly allowance: Allowance } | { readonly retryAfterSeconds: number } {
  const filled = allowance
    ? Math.min(perMinute, allowance.left + (passed(allowance.at, now) / MINUTE_MS) * perMinute)
    : perMinute;
  if (filled >= 1) {
    return { allowance: { left: filled - 1, at: now } };
  }
  return { retryAfterSeconds: Math.ceil(((1 - filled) / perMinute) * (MINUTE_MS / 1000)) };
}

/** A clock that was set back has let no time pass; it takes nothing away either. */
const passed = (from: number, now: number) => Math.max(0, now - from);
