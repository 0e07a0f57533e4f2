import { goesOn } from './number-forms.rules.js';

/** Longest telephone number with its signs, in UTF-16 units. */
export const LONGEST_PHONE = 40;

/** A telephone number and whether its form alone says that it is one. */
export interface Phone {
  readonly end: number;
  readonly certain: boolean;
}

// Area codes in use (Anatel, Plano Geral de Códigos Nacionais).
const AREA_CODES = new Set(
  (
    '11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 ' +
    '51 53 54 55 61 62 63 64 65 66 67 68 69 71 73 74 75 77 79 81 82 83 84 85 86 87 88 89 91 92 ' +
    '93 94 95 96 97 98 99'
  ).split(' '),
);

/** Brazilian: country and area code may be missing. Every repetition is bounded, no two overlap. */
const BRAZILIAN =
  /(?:\+?55[ .-]?)?(?:\(0?(\d\d)\) ?|0?(\d\d)[ .-]?)?((?:9[ .-]?)?\d{4})[ .-]?\d{4}/y;

/** Of any country: groups of digits with a sign or two between them; nothing follows that could fail. */
const INTERNATIONAL =
  /\+?\(?\d{1,12}\)?(?:[ .\-/]?[ (]?\d{1,8}\)?){0,6}(?: ?(?:x|ext|ramal) ?\d{1,5})?/y;

const NORTH_AMERICAN = /(?:\+?1[ .-])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?:x\d{1,5})?/y;

/** Numbers that everybody may call say nothing of anybody. */
const PUBLIC = /^\(?0[3589]00/;
const BEHIND_PUBLIC = /0[3589]00[ .-]$/;

const DATE = /^(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4})$/;
const THOUSANDS = /^\d{1,3}(?:\.\d{3})+$/;

/**
 * The telephone number that begins at a digit, a plus or a parenthesis; undefined where none does.
 * Without a word that speaks of one only what can be nothing else.
 */
export function phoneAt(text: string, start: number, isSpokenOf: boolean): Phone | undefined {
  if (PUBLIC.test(text.slice(start, start + 6))) return undefined;
  if (BEHIND_PUBLIC.test(text.slice(Math.max(0, start - 6), start))) return undefined;
  const known = brazilian(text, start) ?? northAmerican(text, start);
  if (known && (known.certain || isSpokenOf)) return known;
  if (!isSpokenOf && text[start] !== '+') return undefined;
  const found = international(text, start);
  return found?.certain === true || isSpokenOf ? found : undefined;
}

function northAmerican(text: string, start: number): Phone | undefined {
  NORTH_AMERICAN.lastIndex = start;
  const found = NORTH_AMERICAN.exec(text)?.[0];
  if (found === undefined || goesOn(text, start + found.length)) return undefined;
  return { end: start + found.length, certain: true };
}

function brazilian(text: string, start: number): Phone | undefined {
  BRAZILIAN.lastIndex = start;
  const match = BRAZILIAN.exec(text);
  if (!match || goesOn(text, start + match[0].length)) return undefined;
  const [found, inParentheses, open, head = ''] = match;
  const area = inParentheses ?? open;
  if (area !== undefined && !AREA_CODES.has(area)) return undefined;
  const mobile = head.startsWith('9') && head.length > 4;
  const written = /\d[ .-]\d{4}$/.test(found);
  const certain =
    area !== undefined &&
    ((inParentheses !== undefined && written) ||
      found.startsWith('+55') ||
      (mobile && /\d-\d{4}$/.test(found)));
  return { end: start + found.length, certain };
}

function international(text: string, start: number): Phone | undefined {
  INTERNATIONAL.lastIndex = start;
  const found = INTERNATIONAL.exec(text)?.[0];
  if (found === undefined || goesOn(text, start + found.length)) return undefined;
  const digits = found.replace(/(?:x|ext|ramal).*$/, '').replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15 || new Set(digits).size < 3) return undefined;
  if (DATE.test(found) || THOUSANDS.test(found)) return undefined;
  if (/^\d+\)/.test(found) || found.split('(').length !== found.split(')').length) return undefined;
  return { end: start + found.length, certain: found.startsWith('+') && digits.length >= 9 };
}
