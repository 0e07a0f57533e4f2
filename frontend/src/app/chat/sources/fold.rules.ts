/** A text without what people write differently, and where each of its characters came from. */
export interface Folded {
  readonly text: string;
  /** Offset in the original of each character, and at the end the original's length. */
  readonly at: readonly number[];
}

const QUOTES = /["'“”„‟«»‘’‚‹›`]/;
const DASHES = /[‐‑‒–—−]/;

/**
 * Lower case, without accents and the ligatures of PDFs; quotation marks are all the same, so are dashes, and any run of spaces
 * is one space.
 */
export function fold(original: string): Folded {
  let text = '';
  const at: number[] = [];
  let offset = 0;
  for (const character of original) {
    const folded = foldCharacter(character);
    if (folded !== ' ' || (text !== '' && !text.endsWith(' '))) {
      text += folded;
      // One character may become two, such as ﬁ.
      at.push(...Array<number>(folded.length).fill(offset));
    }
    offset += character.length;
  }
  return { text, at: [...at, original.length] };
}

function foldCharacter(character: string): string {
  if (/\s/.test(character)) return ' ';
  if (QUOTES.test(character)) return '"';
  if (DASHES.test(character)) return '-';
  return character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
