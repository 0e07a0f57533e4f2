/** Lower case without accents, as the server's search has its words. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a query, folded; the last may be the beginning of one. */
export function soughtWords(query: string): readonly string[] {
  return fold(query).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Where a text matches, as [start, end) in UTF-16 units, by the rules of the server's search. */
export function matchesIn(text: string, sought: readonly string[]): [number, number][] {
  const whole = new Set(sought.slice(0, -1));
  const beginning = sought.at(-1);
  if (beginning === undefined) return [];
  return Array.from(text.matchAll(WORD), ({ 0: word, index }): [string, number, number] => [
    fold(word),
    index,
    index + word.length,
  ])
    .filter(([word]) => whole.has(word) || word.startsWith(beginning))
    .map(([, start, end]) => [start, end]);
}
