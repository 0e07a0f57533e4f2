/**
 * Longest word kept, in characters. With the owner's prefix it stays below the 84 characters past
 * which InnoDB does not index a word (innodb_ft_max_token_size).
 */
const LONGEST_WORD = 60;

/** Words of a question that are looked for; more make a query slow and find nothing. */
const MOST_TERMS = 12;

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
  return `u${String(ownerId)}x${word.slice(0, LONGEST_WORD)}`;
}

/** What the index stores for a text: each word once, owned, separated by spaces. */
export function indexedWords(ownerId: number, text: string): string {
  const words = new Set(wordsOf(text));
  return Array.from(words, (word) => ownedWord(ownerId, word)).join(' ');
}

/** Owned words to look for, the last as a prefix; empty when nothing can be found. */
export function searchTerms(ownerId: number, query: string): string[] {
  return wordsOf(query)
    .slice(0, MOST_TERMS)
    .map((word) => ownedWord(ownerId, word));
}
