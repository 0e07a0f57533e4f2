import { kindOf, mark } from './placeholder.rules.js';

/** Something to be hidden in a text. */
export interface HiddenSpan {
  /** In UTF-16 units of the text as it was given. */
  readonly start: number;
  readonly end: number;
  /** What stands in its place: a value that its person may read again, or a text for good. */
  readonly by: { readonly kind: string } | { readonly text: string };
}

/** A value that gets a placeholder. */
export interface HiddenValue {
  readonly kind: string;
  readonly value: string;
}

/** Gives each value its placeholder. */
export type NameOf = (hidden: HiddenValue) => string;

/** What stands for values where no placeholder is kept: nobody reads them again. */
export const UNNAMED: NameOf = ({ kind }) => mark(kind);

/** A text with what is to be hidden in it; `Kind` is what it is once that is done. */
export class MaskedText<Kind extends string> {
  private readonly spans: readonly HiddenSpan[];

  /** @param spans in any order; of those that overlap the first is hidden whole. */
  constructor(
    private readonly text: string,
    spans: readonly HiddenSpan[] = [],
  ) {
    this.spans = spans.length < 2 ? spans : apart(spans);
  }

  /** Whether nothing is hidden. */
  get isPlain(): boolean {
    return this.spans.length === 0;
  }

  /** The values that get placeholders, in the order in which they stand. */
  values(): HiddenValue[] {
    return this.spans.flatMap(({ start, end, by }) =>
      'kind' in by ? [{ kind: kindOf(by.kind), value: this.text.slice(start, end) }] : [],
    );
  }

  /** The same text with more hidden in it: each of the values, wherever it stands as words. */
  hiding(values: readonly HiddenValue[]): MaskedText<Kind> {
    const spans = values.flatMap(({ kind, value }) =>
      placesOf(this.text, value).map((start) => ({
        ...{ start, end: start + value.length },
        by: { kind },
      })),
    );
    return new MaskedText<Kind>(this.text, [...this.spans, ...spans]);
  }

  /** What of the text itself lies in a part of it as `with` shows it: nothing of what is hidden. */
  plainIn(nameOf: NameOf, start: number, end: number): string[] {
    const parts: string[] = [];
    let at = 0;
    let shift = 0;
    const last = { start: this.text.length, end: this.text.length, by: { text: '' } };
    for (const span of [...this.spans, last]) {
      const from = Math.max(at, start - shift);
      const to = Math.min(span.start, end - shift);
      if (to > from) parts.push(this.text.slice(from, to));
      at = span.end;
      shift += this.shownAt(span, nameOf).length - (span.end - span.start);
    }
    return parts;
  }

  /** The text as it may go on. */
  with(nameOf: NameOf): Kind {
    if (this.isPlain) return this.text as Kind;
    let shown = '';
    let at = 0;
    for (const { start, end, by } of this.spans) {
      shown += this.text.slice(at, start) + this.shownAt({ start, end, by }, nameOf);
      at = end;
    }
    return (shown + this.text.slice(at)) as Kind;
  }

  private shownAt({ start, end, by }: HiddenSpan, nameOf: NameOf): string {
    return 'kind' in by
      ? nameOf({ kind: kindOf(by.kind), value: this.text.slice(start, end) })
      : by.text;
  }
}

/** Everywhere that a value stands in a text, and not within longer words: `Ana` is not in `Banana`. */
function placesOf(text: string, value: string): number[] {
  const places: number[] = [];
  if (value === '') return places;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    if (!isWithinWord(text, at) && !isWithinWord(text, at + value.length)) places.push(at);
  }
  return places;
}

/** Whether letters or digits stand on both sides of a place. */
const isWithinWord = (text: string, at: number): boolean =>
  ENDS_WORD.test(text.slice(Math.max(0, at - LONGEST_LETTER), at)) &&
  BEGINS_WORD.test(text.slice(at, at + LONGEST_LETTER));

/** A letter beyond the first plane, and an accent on it, in UTF-16 units. */
const LONGEST_LETTER = 4;
const ENDS_WORD = /[\p{L}\p{N}]\p{M}*$/u;
const BEGINS_WORD = /^[\p{L}\p{N}\p{M}]/u;

/** In order, none within another: what is left of one that another has covered in part counts. */
function apart(spans: readonly HiddenSpan[]): HiddenSpan[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: HiddenSpan[] = [];
  let covered = 0;
  for (const span of sorted) {
    if (span.end <= covered) continue;
    kept.push(span.start < covered ? { ...span, start: covered } : span);
    covered = span.end;
  }
  return kept;
}
