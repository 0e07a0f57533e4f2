import { kindOf, mark } from './placeholder.rules.js';
import { placesOf } from './value-places.rules.js';

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

  /** The same text with more hidden in it: each of the values, wherever `placesOf` finds it. */
  hiding(values: readonly HiddenValue[]): MaskedText<Kind> {
    const distinct = new Map(values.map((each) => [`${each.kind} ${each.value}`, each]));
    const spans = [...distinct.values()].flatMap(({ kind, value }) =>
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
