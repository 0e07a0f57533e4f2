/** What is looked for at a time, in UTF-16 units; a run of twice as many is always found. */
const PIECE = 8;
/** Shorter runs are common words. */
const SHORTEST_QUOTE = 12;

/**
 * A provider's words without what they quote of a conversation, for the log. Meant for a few
 * hundred characters of words: takes time for each 8 of them.
 */
export function unquoted(words: string, said: readonly string[]): string {
  let left = '';
  let from = 0;
  for (let at = 0; at + PIECE <= words.length; at += PIECE) {
    const quote = quoteAround(words, at, from, said);
    if (quote) {
      left += `${words.slice(from, quote.start)}[quoted]`;
      from = quote.end;
      at = Math.ceil(from / PIECE) * PIECE - PIECE;
    }
  }
  return left + words.slice(from);
}

/** The longest run around a place in the words that stands in something said. */
function quoteAround(
  words: string,
  at: number,
  from: number,
  said: readonly string[],
): { start: number; end: number } | undefined {
  const piece = words.slice(at, at + PIECE);
  for (const text of said) {
    const found = text.indexOf(piece);
    if (found >= 0) {
      let [start, end] = [at, at + PIECE];
      while (start > from && text[found - (at - start) - 1] === words[start - 1]) start -= 1;
      while (end < words.length && text[found + (end - at)] === words[end]) end += 1;
      if (end - start >= SHORTEST_QUOTE) return { start, end };
    }
  }
  return undefined;
}
