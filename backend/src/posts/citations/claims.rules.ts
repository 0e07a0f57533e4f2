import type { Span } from './code-spans.rules.js';
import type { Marks } from './marks.rules.js';
import type { Quotation } from './quotations.rules.js';

/** What numbers stand behind. */
export interface Claim {
  /** The words, without the numbers among them. */
  readonly words: string;
  readonly quotations: readonly Quotation[];
}

/** How far a claim reaches from its numbers, in UTF-16 units: sentences are shorter. */
const REACH = 600;

/** Before these a full stop ends no sentence. */
const ABBREVIATION =
  /(?:^|[^\p{L}])(?:sra?|dra?|art|n|nº|p|pp|pág|ex|mr|mrs|ms|vs|fig|cf|inc|ltd|ltda|av|prof|séc|al|obs|no)\.$/iu;

const WORD = /[\p{L}\p{N}]{3,}|\d/gu;

/** A text that cites, with what is known of it. */
export interface Cited {
  readonly text: string;
  readonly quotations: readonly Quotation[];
  readonly marks: readonly Marks[];
}

/**
 * The claim of the numbers at a place: the sentence that they end, from the numbers before them on;
 * where they follow its full stop, that sentence all the same; where they stand at its beginning
 * (“Segundo [1], …”), the rest of it.
 */
export function claimOf({ text, quotations, marks }: Cited, index: number): Claim {
  const { at, end } = marks[index] ?? { at: 0, end: 0 };
  const before = marks[index - 1]?.end ?? 0;
  const after = marks[index + 1]?.at ?? text.length;
  const floor = Math.max(before, at - REACH, 0);
  const own = near(quotations, floor, at);
  let from = sentenceStart(text, floor, at, own);
  const until = sentenceEnd(text, end, Math.min(after, end + REACH));
  const rest = { from: end, to: until };
  let words = text.slice(from, at);
  // The number stands behind the full stop: what it cites is the sentence before.
  if (wordsIn(words) === 0 && from > floor) {
    from = sentenceStart(text, floor, trimmedEnd(text, from), own);
    words = text.slice(from, at);
  }
  if (wordsIn(words) < 2) words += ` ${text.slice(rest.from, rest.to)}`;
  // What is quoted behind the last numbers of a sentence is theirs as well.
  const isLast = after >= until;
  const following = isLast ? near(quotations, end, blockAfter(text, until, after)) : [];
  const spans = [...own.filter((one) => one.to > from), ...following];
  return { words: words.replace(/\[\d{1,3}(?:[,; ]{1,3}\d{1,3})*\]/g, ' '), quotations: spans };
}

const wordsIn = (text: string): number => text.match(WORD)?.length ?? 0;

/** Quotations that lie in a part of the text, by halving: there may be thousands. */
function near(quotations: readonly Quotation[], from: number, to: number): Quotation[] {
  let [low, high] = [0, quotations.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((quotations[middle]?.from ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  const found: Quotation[] = [];
  // One that began before, and holds the place: a block behind `>`.
  const holding = quotations[low - 1];
  if (holding && holding.to > from) found.push(holding);
  for (let i = low; (quotations[i]?.from ?? Infinity) < to; i += 1) {
    const one = quotations[i];
    if (one) found.push(one);
  }
  return found;
}

/** Where the sentence begins that a place lies in; no sentence ends within a quotation. */
function sentenceStart(text: string, floor: number, at: number, quoted: readonly Span[]): number {
  for (let place = at - 1; place > floor; place -= 1) {
    const inside = quoted.find(({ from, to }) => place > from && place < to);
    if (inside && inside.to <= at) {
      place = inside.from;
      continue;
    }
    if (endsSentence(text, place - 1, at)) return place;
  }
  return floor;
}

function sentenceEnd(text: string, from: number, ceiling: number): number {
  for (let place = from; place < ceiling; place += 1) {
    if (endsSentence(text, place, ceiling)) return place + 1;
  }
  return ceiling;
}

/** Whether a sentence, a line of a list or a paragraph ends with the character at a place. */
function endsSentence(text: string, place: number, limit: number): boolean {
  const char = text[place];
  if (char === '\n')
    return /^\s*(?:\n|[-*+>#|]|\d{1,3}[.)] )/.test(text.slice(place + 1, place + 9));
  if (char === '|') return true;
  if (char !== '.' && char !== '!' && char !== '?') return false;
  const next = text.slice(place + 1, Math.min(limit, place + 12));
  if (!/^["”»’'*_)]{0,3}\s/.test(next) || /^["”»’'*_)]{0,3}\s+\p{Ll}/u.test(next)) return false;
  return char !== '.' || !ABBREVIATION.test(text.slice(Math.max(0, place - 6), place + 1));
}

const trimmedEnd = (text: string, at: number): number => {
  let end = at;
  while (end > 0 && /[\s.!?"”»’'*_)]/.test(text[end - 1] ?? '')) end -= 1;
  return end;
};

/** The end of a block behind `>` that follows a line which ends with numbers; or the line's end. */
function blockAfter(text: string, lineEnd: number, ceiling: number): number {
  const gap = /^[\s:.*_]{0,8}(?=>)/.exec(text.slice(lineEnd, lineEnd + 10))?.[0];
  return gap === undefined ? lineEnd : Math.min(ceiling, lineEnd + gap.length + 1);
}
