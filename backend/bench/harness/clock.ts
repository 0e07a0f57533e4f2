/** Milliseconds of the machine's monotonic clock: the same for all processes, whatever NTP does. */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

const WORDS =
  'a pressa de um relay se mede com palavras que dizem quando foram ditas, e The answer goes on'.split(
    ' ',
  );
let words = 0;

/**
 * A token whose text says when it was sent, in whole microseconds; {@link sendTimes} reads it. It
 * begins with a word, so that the rails have words to look through as they have in prose. They
 * hold back what may go on as something: a word that does not end, a short number that may stand
 * for the first word of a phrase (`347` for `eat`), a digit that a canary may begin with, unless
 * five signs follow. In prose that is a letter now and then; here it would be half a stamp.
 */
export const stampedToken = (): string =>
  `${WORDS[(words += 1) % WORDS.length] ?? ''} @${String(Math.round(now() * 1000))};    `;

/** The times of the stamped tokens in a text, in milliseconds, and what of its end may be half a token. */
export function sendTimes(text: string): { times: number[]; rest: string } {
  const times: number[] = [];
  let from = text.indexOf('@');
  while (from >= 0) {
    const to = text.indexOf(';', from);
    if (to < 0) return { times, rest: text.slice(from) };
    times.push(Number(text.slice(from + 1, to)) / 1000);
    from = text.indexOf('@', to);
  }
  return { times, rest: '' };
}
