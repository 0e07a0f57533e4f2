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

/** For two digits each: a number of fourteen digits a token would be read as a document by the rails. */
const SYLLABLES = [...'bcdfghjklmnpqrstvxzw'].flatMap((first) =>
  [...'aeiou'].map((vowel) => first + vowel),
);
const PAIRS = new Map(SYLLABLES.map((syllable, at) => [syllable, at]));
/** Of a stamp: microseconds of three years since the machine began. */
const STAMP_SYLLABLES = 7;
/** From the end: words of prose are short, and one of fourteen letters may be a key. */
const SECOND_WORD = 4;

function stamp(): string {
  let left = Math.round(now() * 1000);
  let word = '';
  for (let n = 0; n < STAMP_SYLLABLES; n += 1) {
    word = (SYLLABLES[left % 100] ?? '') + (n === SECOND_WORD ? ' ' : '') + word;
    left = Math.floor(left / 100);
  }
  return word;
}

function readStamp(words: string): number {
  const word = words.replace(' ', '');
  let microseconds = 0;
  for (let at = 0; at < word.length; at += 2) {
    microseconds = microseconds * 100 + (PAIRS.get(word.slice(at, at + 2)) ?? NaN);
  }
  return microseconds / 1000;
}

/**
 * A token of three words, the last two of which say when it was sent, in whole microseconds;
 * {@link sendTimes} reads it. The rails hold back what may go on as something, such as a word that
 * does not end, unless five signs follow. In prose that is a letter now and then; here it would be
 * half a stamp.
 */
export const stampedToken = (): string =>
  `${WORDS[(words += 1) % WORDS.length] ?? ''} (${stamp()});    `;

/** The times of the stamped tokens in a text, in milliseconds, and what of its end may be half a token. */
export function sendTimes(text: string): { times: number[]; rest: string } {
  const times: number[] = [];
  let from = text.indexOf('(');
  while (from >= 0) {
    const to = text.indexOf(')', from);
    if (to < 0) return { times, rest: text.slice(from) };
    times.push(readStamp(text.slice(from + 1, to)));
    from = text.indexOf('(', to);
  }
  return { times, rest: '' };
}
