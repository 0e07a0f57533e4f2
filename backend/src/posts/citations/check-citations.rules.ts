import { type Cited, claimOf } from './claims.rules.js';
import { findMarks, type Marks } from './marks.rules.js';
import {
  findQuotations,
  foldQuotation,
  isQuotation,
  type Quotation,
  standsIn,
} from './quotations.rules.js';
import { type PassageWords, passageWords, supports } from './support.rules.js';

/** What became of a number in an answer. */
export type Verdict = 'quoted' | 'supported' | 'misquoted' | 'unsupported' | 'unknown';

/** A number in an answer, and whether its source says what is claimed. */
export interface CitationCheck {
  /** Where its bracket begins, in UTF-16 units. */
  readonly at: number;
  /** Of the bracket. */
  readonly length: number;
  readonly n: number;
  readonly verdict: Verdict;
}

/** What is cited. */
export interface CitedSource {
  readonly n: number;
  readonly title: string;
  readonly heading: string | null;
  readonly quote: string;
}

/** A passage, made ready to be compared. */
interface Passage {
  readonly folded: string;
  readonly words: PassageWords;
}

/**
 * Compares each number in an answer with the passage that it names. `quoted`: what is quoted beside
 * it stands there word for word; `misquoted`: it stands in none of the passages cited with it;
 * else `supported` or `unsupported` by the words and figures of the claim; `unknown`: there is no
 * such source. Says nothing of whether a claim is true. Linear in the answer and the passages.
 */
export function checkCitations(body: string, sources: readonly CitedSource[]): CitationCheck[] {
  const marks = findMarks(body);
  if (marks.length === 0) return [];
  const byNumber = new Map(sources.map((source) => [source.n, source]));
  const made = new Map<number, Passage>();
  const passageOf = (n: number): Passage | undefined => {
    const source = byNumber.get(n);
    if (source && !made.has(n)) made.set(n, passageFrom(source));
    return made.get(n);
  };
  // Of one long quotation a thousand numbers may ask.
  const asked = new Map<Quotation, Map<number, boolean>>();
  const holds: Holds = (n, quotation) => {
    const known = asked.get(quotation) ?? new Map<number, boolean>();
    asked.set(quotation, known);
    const held = known.get(n) ?? standsIn(quotation.quoted, passageOf(n)?.folded ?? '');
    known.set(n, held);
    return held;
  };
  const cited: Cited = { text: body, marks, quotations: findQuotations(body).filter(isQuotation) };
  return marks.flatMap((group, index) => checksOf(group, cited, index, passageOf, holds));
}

/** Whether a quotation stands in the passage of that number. */
type Holds = (n: number, quotation: Quotation) => boolean;

const passageFrom = ({ title, heading, quote }: CitedSource): Passage => ({
  folded: foldQuotation(quote),
  words: passageWords(`${title}\n${heading ?? ''}\n${quote}`),
});

function checksOf(
  { brackets }: Marks,
  cited: Cited,
  index: number,
  passageOf: (n: number) => Passage | undefined,
  holds: Holds,
): CitationCheck[] {
  const claim = claimOf(cited, index);
  const numbers = [...new Set(brackets.flatMap((bracket) => bracket.numbers))];
  const known = numbers.filter((n) => passageOf(n) !== undefined);
  const holders = claim.quotations.map(
    (quotation) => new Set(known.filter((n) => holds(n, quotation))),
  );
  const verdictOf = (n: number): Verdict => {
    const passage = passageOf(n);
    if (!passage) return 'unknown';
    if (holders.some((some) => some.size === 0)) return 'misquoted';
    if (holders.some((some) => some.has(n))) return 'quoted';
    return supports(passage.words, claim.words) ? 'supported' : 'unsupported';
  };
  const verdicts = new Map(numbers.map((n) => [n, verdictOf(n)]));
  return brackets.flatMap(({ at, length, numbers: named }) =>
    named.map((n) => ({ at, length, n, verdict: verdicts.get(n) ?? 'unknown' })),
  );
}
