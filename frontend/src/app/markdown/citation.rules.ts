/** What became of a number in an answer; see `Citation` of the contract. */
export type Verdict = 'quoted' | 'supported' | 'misquoted' | 'unsupported' | 'unknown';

/** A number in an answer that was compared with its source. */
export interface CheckedNumber {
  readonly n: number;
  readonly verdict: Verdict;
}

/** Verdicts of which a reader is told. */
export const DOUBTFUL: ReadonlySet<Verdict> = new Set(['misquoted', 'unsupported', 'unknown']);

/** One or more numbers in brackets: `[1]`, `[1, 2]`. The same as the server checks. */
const BRACKET = /\[(\d{1,3}(?:\s{0,2}[,;]\s{0,2}\d{1,3}){0,19})\]/g;

/** The numbers of a bracket and where it stands. */
export interface Bracket {
  readonly at: number;
  readonly length: number;
  readonly numbers: readonly number[];
}

/** The brackets of a text in which at least one number is known. */
export function bracketsIn(text: string, known: ReadonlySet<number>): readonly Bracket[] {
  return [...text.matchAll(BRACKET)]
    .map(({ index, 0: whole, 1: list = '' }) => ({
      at: index,
      length: whole.length,
      numbers: [...new Set(list.split(/[,;]/).map(Number))],
    }))
    .filter(({ numbers }) => numbers.some((n) => known.has(n)));
}

/**
 * The verdict of each chip, in the order in which both stand in the text. Where the server counted
 * others than are shown, only what it says of all chips of a number alike is taken over. Linear.
 * @param shown the number of each chip
 */
export function verdictsOf(
  shown: readonly number[],
  checks: readonly CheckedNumber[],
): readonly (Verdict | null)[] {
  const said = new Map<number, Verdict[]>();
  for (const { n, verdict } of checks) {
    const own = said.get(n) ?? [];
    own.push(verdict);
    said.set(n, own);
  }
  const counts = new Map<number, number>();
  for (const n of shown) counts.set(n, (counts.get(n) ?? 0) + 1);
  const alike = new Map<number, Verdict | null>();
  for (const [n, own] of said) alike.set(n, new Set(own).size === 1 ? (own[0] ?? null) : null);
  const seen = new Map<number, number>();
  return shown.map((n) => {
    const turn = seen.get(n) ?? 0;
    seen.set(n, turn + 1);
    const own = said.get(n);
    if (own?.length === counts.get(n)) return own?.[turn] ?? null;
    return alike.get(n) ?? null;
  });
}

/** A sentence that ended before a number ends with one of these, then a space or the end. */
const SENTENCE_END = /[.!?…:](?=["”»’)]*\s)/g;
/** A quotation that a text ends with. */
const QUOTED_LAST = /["“«„][^"“”«»„]+["”»“][.,;:!?)]*$/;

/** The sentence a number stands behind, given the text of its paragraph before the number. */
export function claimBefore(text: string): string {
  const before = text.trimEnd();
  // A number that stands behind the full stop cites the sentence before it.
  const ends = [...before.slice(0, -1).matchAll(SENTENCE_END)].map(({ index }) => index + 1);
  // What ends within a quotation ends no claim: all of it is cited.
  const quoted = QUOTED_LAST.exec(before)?.index ?? Infinity;
  const from = Math.min(ends.at(-1) ?? 0, quoted);
  return before.slice(from).trim();
}
