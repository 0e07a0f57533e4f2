/** Longest kind that a placeholder names: the width of its column. */
const LONGEST_KIND = 32;

const ONE = /\[([A-Z][A-Z0-9]{0,31})_[1-9]\d{0,5}\]/;

/** Whole placeholders, such as `[CPF_1]`. */
export const PLACEHOLDERS = new RegExp(ONE, 'g');

/** What may still become one, at the end of a text. */
const OPEN = /\[(?:[A-Z](?:[A-Z0-9]{0,31}(?:_(?:[1-9]\d{0,5})?)?)?)?$/;

/** Longest placeholder, in UTF-16 units. */
const LONGEST = LONGEST_KIND + '[_999999]'.length;

/** Kinds whose signs tell one value from another; of all others only letters and digits count. */
const EXACT = /^(?:IP|IPV4|IPV6|EMAIL|URL|KEY|PIX)/;

/** What stands for the `n`th value of a kind in a conversation. */
export const placeholder = (kind: string, n: number): string => `[${kind}_${String(n)}]`;

/** What stands for a value that nobody is to read again. */
export const mark = (kind: string): string => `[${kind}]`;

/** A kind as a placeholder may hold it: capitals and digits. */
export function kindOf(named: string): string {
  const kind = named
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^\d+/, '')
    .slice(0, LONGEST_KIND);
  return kind === '' ? 'DATA' : kind;
}

/** A value in the form in which it is compared: the same however it was written. */
export function comparable(kind: string, value: string): string {
  const folded = value.normalize('NFKC').toLowerCase();
  if (EXACT.test(kind)) return folded.trim();
  const plain = folded.replace(/[^\p{L}\p{N}]/gu, '');
  return plain === '' ? folded : plain;
}

/** Whether a text holds anything that looks like a placeholder. */
export function holdsPlaceholder(text: string): boolean {
  return text.includes('[') && ONE.test(text);
}

/** Where a placeholder that is not whole yet begins; the text's length where none does. */
export function openPlaceholder(text: string, end = text.length): number {
  const from = text.lastIndexOf('[', end - 1);
  if (from === -1 || end - from >= LONGEST) return end;
  return OPEN.test(text.slice(from, end)) ? from : end;
}

/** A text without placeholders, for those who have no use for them. */
export const withoutPlaceholders = (text: string): string =>
  text.includes('[') ? text.replace(PLACEHOLDERS, ' ') : text;

/** A text whose placeholders say of which kind they are, and no more. */
export const unnumbered = (text: string): string =>
  text.includes('[') ? text.replace(PLACEHOLDERS, '[$1]') : text;

/** The placeholders in a text, or what looks like them. */
export const placeholdersIn = (text: string): readonly string[] =>
  text.includes('[') ? (text.match(PLACEHOLDERS) ?? NONE) : NONE;

const NONE: readonly string[] = [];
