/** Where a text quotes: what is said there is talked about, seldom said to the model. */
export interface Quote {
  readonly start: number;
  readonly end: number;
}

/** Longest quotation on one line, in UTF-16 units: what is longer is no quoted phrase. */
const LONGEST = 300;
/** A text that is nearly nothing but quotations quotes nothing. */
const MOST_OF_TEXT = 0.95;

/** Marks that open a quotation, and what closes it. */
const CLOSING: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '“': '”',
  '«': '»',
  '`': '`',
};
const FENCE = '```';

/**
 * Quotations on one line and fenced blocks of code, in order. None where together they are nearly
 * the whole text: wrapping an attack in marks makes it no quotation. Linear.
 */
export function quotes(text: string): Quote[] {
  const found: Quote[] = [];
  const next = new NextPlaces(text);
  let covered = 0;
  for (let at = 0; at < text.length;) {
    const end = endOfQuote(text, at, next);
    if (end > at) {
      found.push({ start: at, end });
      covered += end - at;
    }
    at = Math.max(end, at + 1);
  }
  return covered < text.length * MOST_OF_TEXT ? found : [];
}

const isLetter = (sign: string | undefined): boolean =>
  sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/** Behind the quotation that opens at a place; the place itself where none does. */
function endOfQuote(text: string, at: number, next: NextPlaces): number {
  const closing = CLOSING[text[at] ?? ''];
  if (closing === undefined) return at;
  if (closing === '`' && text.startsWith(FENCE, at)) {
    return Math.min(text.length, next.of(FENCE, at + FENCE.length) + FENCE.length);
  }
  // Between letters it is an apostrophe.
  if (closing === "'" && isLetter(text[at - 1])) return at;
  const end = next.of(closing, at + 1);
  if (closing === "'" && isLetter(text[end + 1])) return at;
  return end <= at + LONGEST && end < next.of('\n', at) ? end + 1 : at;
}

/** Where marks stand next, looked for once for each place: asked again, no text is read twice. */
class NextPlaces {
  private readonly known = new Map<string, number>();

  constructor(private readonly text: string) {}

  /** The first place of a mark from a place on; behind everything where there is none. */
  of(mark: string, from: number): number {
    const known = this.known.get(mark) ?? -1;
    if (known >= from) return known;
    const found = this.text.indexOf(mark, from);
    const place = found < 0 ? Number.POSITIVE_INFINITY : found;
    this.known.set(mark, place);
    return place;
  }
}
