import type { NumberKind } from './kinds.js';

/** Longest group of digits that is looked at; a longer one is no number of anybody. */
const LONGEST_GROUP = 20;

/** Signs that may stand between the groups of one number. */
const SIGNS = ' .-/';

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

/** Whether a unit is a letter, a digit or an underscore: a number does not begin or end at it. */
export const isWordUnit = (code: number): boolean =>
  isDigit(code) ||
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  code === 95 ||
  (code >= 0xc0 && code <= 0x24f);

/** Whether what stands at `at` and behind it carries a number on: a digit, or a sign and a digit. */
export function goesOn(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (isWordUnit(code)) return true;
  return '.-/,'.includes(text[at] ?? '\n') && isDigit(text.charCodeAt(at + 1));
}

/** Whether a number that begins at `at` is only the rest of one. */
export function comesOn(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  if (isWordUnit(code)) return true;
  return '.-/,'.includes(text[at - 1] ?? '\n') && isDigit(text.charCodeAt(at - 2));
}

/** Whether a digit stands one space away, in front of `start` or behind `end`. */
export const hasSpacedNeighbour = (text: string, start: number, end: number): boolean =>
  (text[start - 1] === ' ' && isDigit(text.charCodeAt(start - 2))) ||
  (text[end] === ' ' && isDigit(text.charCodeAt(end + 1)));

/** The numbers that may begin at a digit, in any of the forms, longest first. */
export function numbersAt(text: string, start: number, root: Node): FormedNumber[] {
  const found: FormedNumber[] = [];
  let node = root;
  let at = start;
  let sign = 0;
  let spaced = false;
  for (;;) {
    const from = at;
    while (at - from <= LONGEST_GROUP && isDigit(text.charCodeAt(at))) at += 1;
    const next = node.next.get(key(at - from, sign));
    if (!next) return found;
    node = next;
    if (node.kinds.length > 0 && !goesOn(text, at)) {
      found.unshift({ end: at, kinds: node.kinds, punctuated: sign > 0, spaced });
    }
    // A no-break space is as good as a space.
    sign = text[at] === '\u00a0' ? 1 : SIGNS.indexOf(text[at] ?? '?') + 1;
    if (sign === 0) return found;
    spaced ||= sign === 1;
    at += 1;
  }
}
