/** Milliseconds of the machine's monotonic clock: the same for all processes, whatever NTP does. */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

/**
 * A token whose text says when it was sent; {@link sendTimes} reads it. It ends as a word does: what
 * never ends is held back by the rails, as no prose is.
 */
export const stampedToken = (): string => `@${now().toFixed(3)}; `;

/** The times of the stamped tokens in a text, and what of its end may be half a token. */
export function sendTimes(text: string): { times: number[]; rest: string } {
  const times: number[] = [];
  let from = text.indexOf('@');
  while (from >= 0) {
    const to = text.indexOf(';', from);
    if (to < 0) return { times, rest: text.slice(from) };
    times.push(Number(text.slice(from + 1, to)));
    from = text.indexOf('@', to);
  }
  return { times, rest: '' };
}
