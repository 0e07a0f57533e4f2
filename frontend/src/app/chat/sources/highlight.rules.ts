import { fold, type Folded } from './fold.rules';

/** A piece of a text, and whether it is what the answer stood on. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Shorter quotations stand in any text. */
const SHORTEST_QUOTE = 8;
/** Of the telling words of a claim, so many must stand in a sentence that is marked for it. */
const ENOUGH = 0.35;
const ENOUGH_WORDS = 2;
/** Beginnings of words that are compared, in characters: endings differ. */
const STEM = 5;

/**
 * The passage in pieces: marked is what the claim quotes; where it quotes nothing that stands there,
 * the sentence that shares most words with it; where none does, nothing.
 */
export function highlight(passage: string, claim: string): readonly Piece[] {
  const folded = fold(passage);
  const quoted = quotedSpans(folded, claim);
  const spans = quoted.length > 0 ? quoted : closestSentence(passage, claim);
  return cut(passage, spans);
}

/** What a claim quotes, or the whole claim where it is nothing but a quotation. */
function quotationsIn(claim: string): readonly string[] {
  const inMarks = [...claim.matchAll(/["“«„]([^"“”«»„]+)["”»“]/g)].map(([, text]) => text ?? '');
  return [...inMarks, claim]
    .flatMap((text) => text.split(/\[?(?:…|\.\.\.)\]?/))
    .map((text) => fold(text).text.replace(/^[\s".,;:!?-]+|[\s".,;:!?-]+$/g, ''))
    .filter((text) => text.length >= SHORTEST_QUOTE);
}

function quotedSpans({ text, at }: Folded, claim: string): readonly Span[] {
  const spans: Span[] = [];
  for (const quotation of quotationsIn(claim)) {
    const index = text.indexOf(quotation);
    if (index === -1) continue;
    spans.push({ from: at[index] ?? 0, to: at[index + quotation.length] ?? 0 });
  }
  return merged(spans);
}

function merged(spans: readonly Span[]): readonly Span[] {
  const inOrder = spans.toSorted((a, b) => a.from - b.from);
  const result: Span[] = [];
  for (const span of inOrder) {
    const last = result.at(-1);
    if (last && span.from <= last.to) {
      result.splice(-1, 1, { from: last.from, to: Math.max(last.to, span.to) });
    } else result.push(span);
  }
  return result;
}

/** Telling words: of more than three letters, or numbers. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = fold(text).text.match(/[\p{L}]{4,}|\p{N}+/gu) ?? [];
  return new Set(words.map((word) => word.slice(0, STEM)));
}

function closestSentence(passage: string, claim: string): readonly Span[] {
  const wanted = wordsOf(claim);
  let best: { span: Span; shared: number } | null = null;
  for (const { index, 0: sentence } of passage.matchAll(
    /[^.!?\n]+(?:[.!?]+(?!\s)[^.!?\n]+)*[.!?]*/g,
  )) {
    const words = wordsOf(sentence);
    const shared = [...wanted].filter((word) => words.has(word)).length;
    if (best && shared <= best.shared) continue;
    const from = index + (sentence.length - sentence.trimStart().length);
    best = { span: { from, to: index + sentence.trimEnd().length }, shared };
  }
  const needed = Math.max(ENOUGH_WORDS, Math.ceil(wanted.size * ENOUGH));
  return best && best.shared >= needed ? [best.span] : [];
}

function cut(text: string, spans: readonly Span[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const span of spans) {
    pieces.push({ text: text.slice(from, span.from), marked: false });
    pieces.push({ text: text.slice(span.from, span.to), marked: true });
    from = span.to;
  }
  return [...pieces, { text: text.slice(from), marked: false }].filter((one) => one.text !== '');
}
