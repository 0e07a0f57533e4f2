import { LAST_POINT, negated, one, type PointSet, property, union } from './code-points.rules.js';
import { type Place, refuse } from './pattern-syntax.js';

const between = (from: string, to: string): PointSet => [
  { from: from.charCodeAt(0), to: to.charCodeAt(0) },
];
const DIGITS = between('0', '9');
const kind = (name: string): PointSet => property(name) ?? [];

/** Made when it is first asked for: the properties of Unicode take milliseconds to look up. */
const lazily = (make: () => PointSet): (() => PointSet) => {
  let made: PointSet | undefined;
  return () => (made ??= make());
};

/** What a word is made of: letters of the alphabets in use today, digits and the low line. */
export const wordSigns = lazily(() =>
  union(kind('L'), kind('M'), kind('N'), one(95)).filter(({ from }) => from <= 0xffff),
);
const spaces = lazily(() => union(between('\t', '\r'), kind('Zs')));

/** Sets that have a name within `[…]`: `[[:alpha:]]`. */
export const SETS: Readonly<Record<string, () => PointSet>> = {
  alpha: () => kind('L'),
  alnum: () => union(kind('L'), kind('N')),
  digit: () => DIGITS,
  lower: () => kind('Ll'),
  upper: () => kind('Lu'),
  space: spaces,
  blank: () => union(one(9), one(32)),
  punct: () => kind('P'),
  word: wordSigns,
  xdigit: () => union(DIGITS, between('a', 'f'), between('A', 'F')),
};

const CLASSES: Readonly<Record<string, () => PointSet>> = {
  d: () => DIGITS,
  D: () => negated(DIGITS),
  s: spaces,
  S: lazily(() => negated(spaces())),
  w: wordSigns,
  W: lazily(() => negated(wordSigns())),
};
const SIGNS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0, a: 7 };
const PLACES: Readonly<Record<string, Place>> = {
  b: 'word',
  B: 'no-word',
  A: 'text-start',
  z: 'text-end',
  Z: 'text-end',
};

export type Escape =
  | { readonly end: number; readonly set: PointSet }
  | { readonly end: number; readonly place: Place };

/** What stands behind a backslash at a place of a pattern. */
export function escapeAt(pattern: string, at: number, isInClass = false): Escape {
  const letter = pattern.charAt(at + 1);
  const end = at + 2;
  if (letter === '') return refuse('ends with a single \\', 'termina com uma \\ sozinha');
  if (/[1-9k]/.test(letter)) {
    return refuse(
      `refers back to a group with \\${letter}, which cannot be done in linear time`,
      `volta a um grupo com \\${letter}, o que não se faz em tempo linear`,
    );
  }
  const place = PLACES[letter];
  if (place !== undefined)
    return isInClass && letter === 'b' ? { end, set: one(8) } : { end, place };
  const set = CLASSES[letter];
  if (set) return { end, set: set() };
  const sign = SIGNS[letter];
  if (sign !== undefined) return { end, set: one(sign) };
  if (letter === 'p' || letter === 'P') return propertyAt(pattern, at);
  if (letter === 'x' || letter === 'u') return numberAt(pattern, at);
  if (/[A-Za-z]/.test(letter)) {
    return refuse(`has an unknown \\${letter}`, `tem um \\${letter} desconhecido`);
  }
  const point = pattern.codePointAt(at + 1) ?? 0;
  return { end: at + 1 + (point > 0xffff ? 2 : 1), set: one(point) };
}

function propertyAt(pattern: string, at: number): Escape {
  const found = /^\\([pP])(?:([A-Z])|\{(\^?)([A-Za-z_=]+)\})/.exec(pattern.slice(at));
  const name = found?.[2] ?? found?.[4] ?? '';
  const set = property(name) ?? property(`Script=${name}`);
  if (!found || !set || name === '') {
    return refuse(
      'names an unknown kind of character with \\p',
      'usa \\p com um tipo de caractere desconhecido',
    );
  }
  const isNegated = (found[1] === 'P') !== (found[3] === '^');
  return { end: at + found[0].length, set: isNegated ? negated(set) : set };
}

function numberAt(pattern: string, at: number): Escape {
  const found = /^\\(?:x([\da-f]{2})|u([\da-f]{4})|[xu]\{([\da-f]{1,6})\})/i.exec(
    pattern.slice(at),
  );
  const point = Number.parseInt(found?.[1] ?? found?.[2] ?? found?.[3] ?? '', 16);
  if (!found || !(point <= LAST_POINT)) {
    return refuse('has a \\x or \\u without its number', 'tem \\x ou \\u sem o número');
  }
  return { end: at + found[0].length, set: one(point) };
}
