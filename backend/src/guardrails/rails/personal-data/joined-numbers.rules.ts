import { digitsIn } from './check-digits.rules.js';
import { NUMBER_FORMS, type NumberKind, type PersonalDataKind } from './kinds.js';
import {
  type FormedNumber,
  formTree,
  isWordUnit,
  numbersAt,
  signBefore,
  signBehind,
} from './number-forms.rules.js';

export const FORMS = formTree(NUMBER_FORMS);

/** Shortest and longest number that its check digits tell without a word, in units. */
const SHORTEST = 11;
const LONGEST = 19;

/** How far in front of a number it may be told by what stands there, in units as they are read. */
export const NUMBER_REACH = LONGEST + 2;

/** More digits than these in front of a comma, or behind it, are no amount. */
const MOST_WHOLE = 6;
const MOST_DECIMALS = 4;

/** Kinds that have no check digits. */
const UNCHECKED: readonly PersonalDataKind[] = ['cep', 'rg'];

/** A number in its text. */
export interface NumberPlace {
  readonly start: number;
  readonly end: number;
}

/** Whether check digits can tell some number of these kinds. */
export const isChecked = (kinds: readonly NumberKind[]): boolean =>
  kinds.some(({ kind }) => !UNCHECKED.includes(kind));

/**
 * Whether what stands around a number leaves it whole: nothing; a sign and another number that its
 * check digits tell, as in lists; or the comma of a row of values.
 * @param isSure whether its form or a word in front of it says that it is no amount.
 */
export function standsAlone(text: string, place: NumberPlace, isSure: boolean): boolean {
  const before = signBefore(text, place.start);
  const behind = signBehind(text, place.end);
  if (before === '' && behind === '') return true;
  const isRow = before === ',' && behind === ',';
  return (
    (before === '' ||
      (before === ',' && (isSure || isRow || !isAmountBefore(text, place.start - 1))) ||
      endsNumber(text, place.start - 1)) &&
    (behind === '' ||
      (behind === ',' && (isSure || isRow || !isAmountBehind(text, place.end))) ||
      beginsNumber(text, place.end + 1))
  );
}

/** Whether the digits beside a number, one space away, belong to another that is whole. */
export function isBesideNumbers(text: string, { start, end }: NumberPlace): boolean {
  const hasBefore = text[start - 1] === ' ' && isDigit(text.charCodeAt(start - 2));
  const hasBehind = text[end] === ' ' && isDigit(text.charCodeAt(end + 1));
  return (!hasBefore || endsNumber(text, start - 1)) && (!hasBehind || beginsNumber(text, end + 1));
}

/** Digits, a comma, and the beginning of the number: `0,52998224725`. */
function isAmountBefore(text: string, comma: number): boolean {
  let from = comma;
  while (from > 0 && comma - from <= MOST_WHOLE && isDigit(text.charCodeAt(from - 1))) from -= 1;
  return comma - from <= MOST_WHOLE && text[from - 1] !== ',';
}

/** The end of the number, a comma, and digits: `52998224725,50`. */
function isAmountBehind(text: string, comma: number): boolean {
  const from = comma + 1;
  let end = from;
  while (end - from <= MOST_DECIMALS && isDigit(text.charCodeAt(end))) end += 1;
  return end - from <= MOST_DECIMALS && text[end] !== ',';
}

const isStrict = ({ spaced, loose }: FormedNumber): boolean => !spaced && !loose;

const isTold = (text: string, start: number, { end, kinds }: FormedNumber): boolean => {
  const digits = digitsIn(text.slice(start, end));
  return kinds.some(({ needsContext, isOne }) => !needsContext && isOne(digits));
};

function beginsNumber(text: string, start: number): boolean {
  return numbersAt(text, start, FORMS).some((form) => isStrict(form) && isTold(text, start, form));
}

function endsNumber(text: string, end: number): boolean {
  for (let start = end - SHORTEST; start >= Math.max(0, end - LONGEST); start -= 1) {
    if (!isDigit(text.charCodeAt(start)) || isWordUnit(text.charCodeAt(start - 1))) continue;
    const forms = numbersAt(text, start, FORMS);
    if (forms.some((form) => form.end === end && isStrict(form) && isTold(text, start, form))) {
      return true;
    }
  }
  return false;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
