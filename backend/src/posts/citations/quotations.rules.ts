import type { Span } from './code-spans.rules.js';

/** What is quoted in a text, and where the quotation stands with its marks. */
export interface Quotation extends Span {
  readonly quoted: string;
}

/** Longest quotation, in UTF-16 units: a mark that is never closed must not swallow the text. */
const LONGEST = 2000;

/** Closing marks by their opening one. „ is closed by “ in German and by ” elsewhere. */
const CLOSING: Readonly<Record<string, string>> = {
  '“': '”',
  '„': '“”',
  '«': '»',
  '‘': '’',
  '"': '"',
  "'": "'",
};

const PARAGRAPH_END = /^[ >]{0,4}(?:\n|$)/;

const LETTER = /[\p{L}\p{N}]/u;

/** Whether a mark that is also an apostrophe stands where words end or begin. */
const isMarkAt = (text: string, at: number, side: -1 | 1): boolean =>
  !LETTER.test(text[at + side] ?? ' ');

/** The quotations of a text, in their order, between marks or as blocks behind `>`. Linear. */
export function findQuotations(text: string): Quotation[] {
  const found: Quotation[] = [];
  const closings = new Closings(text);
  for (let at = 0; at < text.length; at += 1) {
    const end = closings.of(at);
    if (end === undefined) continue;
    found.push({ from: at, to: end + 1, quoted: text.slice(at + 1, end) });
    at = end;
  }
  return [...found, ...blockQuotations(text, found)].sort((a, b) => a.from - b.from);
}

/** Finds where quotations end: within their paragraph, before another of the kind begins. */
class Closings {
  /** Up to where no end of a kind is, so that no part of a text is looked at twice. */
  private readonly none = new Map<string, number>();

  constructor(private readonly text: string) {}

  /** Where the quotation ends that begins here; undefined: none does. */
  of(open: number): number | undefined {
    const { text } = this;
    const mark = text[open] ?? '';
    const closing = CLOSING[mark];
    if (closing === undefined || !isMarkAt(text, open, -1)) return undefined;
    const last = Math.min(text.length, open + LONGEST);
    let at = Math.max(open + 1, this.none.get(mark) ?? 0);
    for (; at < last; at += 1) {
      const next = text[at] ?? '';
      if (closing.includes(next) && isMarkAt(text, at, 1)) return at;
      const isOther = next === mark && !closing.includes(next);
      if (isOther || (next === '\n' && PARAGRAPH_END.test(text.slice(at + 1, at + 6)))) break;
    }
    this.none.set(mark, at);
    return undefined;
  }
}

/** Blocks behind `>`, where they hold no quotation between marks. */
function blockQuotations(text: string, marked: readonly Quotation[]): Quotation[] {
  const found: Quotation[] = [];
  let i = 0;
  for (const { index: from, 0: block } of text.matchAll(
    /(?:^|(?<=\n)) {0,3}>[^\n]*(?:\n {0,3}>[^\n]*)*/g,
  )) {
    const to = from + block.length;
    while ((marked[i]?.to ?? Infinity) <= from) i += 1;
    if ((marked[i]?.from ?? Infinity) < to) continue;
    const quoted = block.replace(/^ {0,3}> ?/gm, '');
    if (quoted.length <= 4 * LONGEST) found.push({ from, to, quoted });
  }
  return found;
}

/**
 * A text as quotations are compared: without case, marks of quotation and of Markdown, invisible
 * characters, numbers of sources; every run of spaces one space, every dash one dash.
 */
export function foldQuotation(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}+|[“”„‟«»‹›‘’‚‛"'`´*_\\]+|\[\d{1,3}\]/gu, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/^\s*(?:[-+>#]+|\d{1,3}[.)])\s+/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const ELLIPSIS = /\s*[[(]?(?:\.{3,}|…)[\])]?\s*/;
const EDGE = /[\s.,;:!?()[\]-]/;

/** From its edges inwards: a pattern would look through a line of dashes from each of them. */
function withoutEdges(part: string): string {
  let [from, to] = [0, part.length];
  while (from < to && EDGE.test(part[from] ?? '')) from += 1;
  while (to > from && EDGE.test(part[to - 1] ?? '')) to -= 1;
  return part.slice(from, to);
}

/**
 * Whether a quotation stands in a passage, word for word; what `…` leaves out may lie between its
 * parts.
 * @param passage folded.
 */
export function standsIn(quotation: string, passage: string): boolean {
  // Folding turns … into three dots.
  const parts = foldQuotation(quotation)
    .split(ELLIPSIS)
    .map((part) => withoutEdges(part.slice(0, LONGEST * 4)))
    .filter((part) => part !== '');
  let from = 0;
  for (const part of parts) {
    const at = passage.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return parts.length > 0;
}

/** Whether it is long enough to be a quotation rather than a word set apart. */
export const isQuotation = ({ quoted }: Quotation): boolean =>
  (quoted.slice(0, LONGEST).match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= 3;
