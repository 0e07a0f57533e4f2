/**
 * Longest word kept, in characters. With the owner's prefix it stays below the 84 characters past
 * which InnoDB does not index a word (innodb_ft_max_token_size).
 */
const LONGEST_WORD = 60;

/** Words of a question that are looked for; more make a query slow and find nothing. */
const MOST_TERMS = 12;

/**
 * Bytes of one entry's words. PostgreSQL refuses more than 1,048,575 in a tsvector, and with it the
 * answer; a third is left because it may cut a word into several. What stands behind
 * it, in a text of some 70,000 different words, is found on no engine.
 */
const MOST_BYTES = 700_000;

/** What PostgreSQL adds to each word: how often it stands, where, and a byte to be even. */
const BYTES_BESIDE = 5;

/** The first half of a character, its second cut off. */
const HALF_CHARACTER = /[\ud800-\udbff]$/;

/** Lower case without accents, so that `coracao` is `Coração`. Length may change. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** The words of a text, folded: runs of letters and digits. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * A word as the index holds it. The owner stands in front of every word, so one person's search
 * reads only that person's entries: it cannot find another's, and the commonest word costs what
 * the person wrote, not what everyone wrote. It also keeps short words (`ia`) and stop words
 * (`com`, `the`) above the lengths and lists by which MariaDB would leave them out.
 */
export function ownedWord(ownerId: number, word: string): string {
  return `u${String(ownerId)}x${word.slice(0, LONGEST_WORD).replace(HALF_CHARACTER, '')}`;
}

/** What the index stores for a text: each word once, owned, separated by spaces. */
export function indexedWords(ownerId: number, text: string): string {
  const words = new Set<string>();
  let bytes = 0;
  for (const word of new Set(wordsOf(text))) {
    const owned = ownedWord(ownerId, word);
    bytes += Buffer.byteLength(owned) + BYTES_BESIDE;
    if (bytes > MOST_BYTES) {
      break;
    }
    words.add(owned);
  }
  return Array.from(words).join(' ');
}

/** Owned words to look for, the last as a prefix; empty when nothing can be found. */
export function searchTerms(ownerId: number, query: string): string[] {
  return wordsOf(query)
    .slice(0, MOST_TERMS)
    .map((word) => ownedWord(ownerId, word));
}
