import { MOST_UNSEEN } from './terms/folded-text.js';
import { TextReader } from './text-view.js';

/** A sign that one sees as another has so many units at most: itself, escaped, and what hides behind it. */
export const UNITS_A_SIGN = 3 + MOST_UNSEEN;

/** Characters nobody sees, and marks that are drawn over others. */
const UNSEEN = /^(?:[\p{Cf}\u034f\u115f\u1160\u3164\uffa0]|\p{M})$/u;
const DIGIT = /^\p{Nd}$/u;
const BLANK = /^\p{Zs}$/u;

/** What keyboards, word processors and tricks write for signs of numbers and addresses. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{ '\u2010': '-', '\u2011': '-', '\u2012': '-', '\u2013': '-', '\u2212': '-', '\ufe63': '-' },
  ...{ '\u2024': '.', '\ufe52': '.', '\u3002': '.', '\uff61': '.', '\u2044': '/', '\u2215': '/' },
  ...{ '\ufe6b': '@', '\u0085': '\n', '\u2028': '\n', '\u2029': '\n', '\v': '\n', '\f': '\n' },
};

/** Full-width and mathematical letters, digits and signs. */
const DRESSED = /^[\uff01-\uff5e\u{1d400}-\u{1d7ff}]$/u;

function plainSign(character: string): string | undefined {
  if (character >= ' ' && character <= '~') return undefined;
  const known = SIGNS[character];
  if (known !== undefined) return known;
  if (UNSEEN.test(character)) return '';
  if (BLANK.test(character)) return ' ';
  if (DIGIT.test(character)) return plainDigit(character);
  if (!DRESSED.test(character)) return undefined;
  const plain = character.normalize('NFKC');
  return plain.length === 1 ? plain : undefined;
}

/** Digits of every script stand in order, ten by ten (The Unicode Standard, 4.6). */
function plainDigit(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  // The mathematical digits are five tens without a gap.
  if (point >= MATHEMATICAL && point < MATHEMATICAL + 50)
    return String((point - MATHEMATICAL) % 10);
  let first = point;
  while (point - first < 9 && DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String(point - first);
}
const MATHEMATICAL = 0x1d7ce;

/** Signs that programs escape in addresses and texts, and that stand in numbers or around them. */
const PERCENT = /%(?:2[0-9a-f]|3[a-d]|40)/iy;
const SLASHED: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\n', t: ' ', '.': '.', '-': '-', '/': '/', '@': '@', _: '_', '+': '+' },
  ...{ '(': '(', ')': ')', '[': '[', ']': ']', '"': '"' },
};

function escapeAt(text: string, at: number): readonly [string, number] | undefined {
  if (text[at] === '\\') {
    const sign = SLASHED[text[at + 1] ?? ''];
    return sign === undefined ? undefined : [sign, 2];
  }
  PERCENT.lastIndex = at;
  if (!PERCENT.test(text)) return undefined;
  return [String.fromCharCode(parseInt(text.slice(at + 1, at + 3), 16)), 3];
}

/** Reads a text without what nobody sees, its digits, letters and signs as plain ones. */
export const plainReader = new TextReader({ sign: plainSign, mostUnseen: MOST_UNSEEN });

/** The same of what programs have escaped, as in `cpf%3D529.982.247-25` and `{\"cpf\":\"529…`. */
export const unescapedReader = new TextReader({
  ...{ sign: plainSign, mostUnseen: MOST_UNSEEN },
  escape: { starts: '%\\', at: escapeAt },
});
