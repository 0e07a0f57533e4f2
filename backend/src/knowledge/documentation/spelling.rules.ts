/** Shorter words are not corrected at all. */
const SHORTEST = 4;
/** Letters a word needs before one (two) of them may be wrong. */
const ONE_WRONG_FROM = 6;
const TWO_WRONG_FROM = 10;

/**
 * Letters to insert, delete, replace or swap with a neighbour (optimal string alignment) to make
 * one word of another, or `limit + 1` when there are more than `limit`.
 */
export function spellingDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? limit + 1;
}

/** `ollama` → `olama`: letters are doubled wrongly more often than anything else. */
const undoubled = (word: string): string => word.replace(/(.)\1/g, '$1');

/** Known words that an unknown one was probably meant to be: `bedrok` → `bedrock`. */
export function likelySpellings(word: string, known: Iterable<string>): string[] {
  if (word.length < SHORTEST || /\d/.test(word)) return [];
  const limit = word.length < ONE_WRONG_FROM ? 0 : word.length < TWO_WRONG_FROM ? 1 : 2;
  const plain = undoubled(word);
  const likely: string[] = [];
  for (const candidate of known) {
    if (!candidate.startsWith(word.charAt(0))) continue;
    if (undoubled(candidate) === plain || spellingDistance(word, candidate, limit) <= limit) {
      likely.push(candidate);
    }
  }
  return likely;
}
