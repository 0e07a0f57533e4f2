import type { NumberKind } from './kinds.js';

/** Longest group of digits that is looked at; a longer one is no number of anybody. */
const LONGEST_GROUP = 20;

/** Signs that may stand between the groups of one number. */
const SIGNS = ' .-/';

/** Most blanks between two groups of one number, on each side of a sign, such as an indented line. */
export const MOST_BLANKS = 8;

interface Node {
  readonly next: Map<number, Node>;
  kinds: readonly NumberKind[];
}

/** A number in one of the known forms. */
export interface FormedNumber {
  readonly end: number;
  readonly kinds: readonly NumberKind[];
  /** Whether signs stand between its digits: it cannot be just any number. */
  readonly punctuated: boolean;
  /** Whether spaces stand between its groups: its neighbours may be groups of the same number. */
  readonly spaced: boolean;
  /** Whether there is more between two groups than one sign. */
  readonly loose: boolean;
  /** Whether a line ends within it. */
  readonly broken: boolean;
}

const key = (digits: number, sign: number): number => digits * 8 + sign;

/** The forms as a tree, so that a number is compared with all of them at once. */
export function formTree(
  forms: readonly (readonly [form: string, kinds: readonly NumberKind[]])[],
): Node {
  const root: Node = { next: new Map(), kinds: [] };
  for (const [form, kinds] of forms) {
    let node = root;
    for (const [, sign = '', digits] of form.matchAll(/([ ./-]?)(\d+)/g)) {
      const step = key(Number(digits), SIGNS.indexOf(sign || '?') + 1);
      const next = node.next.get(step) ?? { next: new Map(), kinds: [] };
      node.next.set(step, next);
      node = next;
    }
    node.kinds = [...node.kinds, ...kinds];
  }
  return root;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

/** Whether a unit is a letter, a digit or an underscore: a number does not begin or end at it. */
export const isWordUnit = (code: number): boolean =>
  isDigit(code) ||
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  code === 95 ||
  (code >= 0xc0 && code <= 0x24f);

/** The sign with which a digit behind it carries a number on that ends at `at`; empty: none does. */
export const signBehind = (text: string, at: number): string =>
  isSign(text[at]) && isDigit(text.charCodeAt(at + 1)) ? (text[at] ?? '') : '';

/** The sign with which a digit in front of it begins what a number at `at` is the rest of. */
export const signBefore = (text: string, at: number): string =>
  isSign(text[at - 1]) && isDigit(text.charCodeAt(at - 2)) ? (text[at - 1] ?? '') : '';

const isSign = (sign: string | undefined): boolean => sign !== undefined && '.-/,'.includes(sign);

/** Whether what stands at `at` and behind it carries a number on: a digit, or a sign and a digit. */
export const goesOn = (text: string, at: number): boolean =>
  isWordUnit(text.charCodeAt(at)) || signBehind(text, at) !== '';

/** Whether a digit stands behind blanks, in front of `start` or behind `end`. */
export function hasSpacedNeighbour(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  most: number,
): boolean {
  let before = start;
  while (before > start - most && text[before - 1] === ' ') before -= 1;
  let after = end;
  while (after < end + most && text[after] === ' ') after += 1;
  return (
    (before < start && isDigit(text.charCodeAt(before - 1))) ||
    (after > end && isDigit(text.charCodeAt(after)))
  );
}

/** What stands between two groups. */
interface Between {
  readonly sign: number;
  readonly end: number;
  readonly loose: boolean;
  readonly broken: boolean;
}

/** What stands between the group that ends at `at` and the next; undefined where none follows. */
function between(text: string, at: number): Between | undefined {
  const from = blanksEnd(text, at);
  const sign = SIGNS.indexOf(text[from] ?? '?', 1) + 1;
  const end = sign > 0 ? blanksEnd(text, from + 1) : from;
  if (end === at || !isDigit(text.charCodeAt(end))) return undefined;
  const loose = end - at > 1;
  const lines = loose ? text.slice(at, end).split('\n').length - 1 : Number(text[at] === '\n');
  return lines > 1 ? undefined : { sign: sign > 0 ? sign : 1, end, loose, broken: lines > 0 };
}

function blanksEnd(text: string, at: number): number {
  let end = at;
  while (end - at < MOST_BLANKS && isBlank(text.charCodeAt(end))) end += 1;
  return end;
}

/** The numbers that may begin at a digit, in any of the forms, longest first. */
export function numbersAt(text: string, start: number, root: Node): FormedNumber[] {
  const found: FormedNumber[] = [];
  let node = root;
  let at = start;
  let sign = 0;
  let spaced = false;
  let loose = false;
  let broken = false;
  for (;;) {
    const from = at;
    while (at - from <= LONGEST_GROUP && isDigit(text.charCodeAt(at))) at += 1;
    const next = node.next.get(key(at - from, sign));
    if (!next) return found;
    node = next;
    if (node.kinds.length > 0 && !isWordUnit(text.charCodeAt(at))) {
      found.unshift({ end: at, kinds: node.kinds, punctuated: sign > 0, spaced, loose, broken });
    }
    const gap = node.next.size > 0 ? between(text, at) : undefined;
    if (!gap) return found;
    ({ sign } = gap);
    spaced ||= sign === 1;
    loose ||= gap.loose;
    broken ||= gap.broken;
    at = gap.end;
  }
}
