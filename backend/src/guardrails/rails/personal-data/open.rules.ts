import { LONGEST_EMAIL } from './addresses.rules.js';
import { MOST_BLANKS } from './number-forms.rules.js';
import { openSpelledEmail } from './spelled-emails.rules.js';
import { blanksStart, wordStart } from './words.rules.js';

/** Words of no letter but capitals, such as groups of an IBAN; digits, and the signs of numbers. */
const PART_OF_NUMBER = /^[+(]?[0-9A-Z(][0-9A-Z.,/()-]*$/;
/** A sign between two groups, with blanks around it. */
const SIGN = /^[./-]$/;
/** Of digits, or of an IBAN, whose groups may be of letters alone. */
const GROUP = /\d|^[A-Z]{4}$/;

/**
 * Where a number or an address may begin that the end of a text cuts: the last word, and groups in
 * front of it that may be parts of the same number.
 */
export function openNumbers(text: string): number {
  const first = Math.max(0, text.length - LONGEST_EMAIL);
  let start = wordStart(text, text.length, first);
  const spelled = openSpelledEmail(text, start, first);
  let group = text.slice(start);
  while (start > first && (group === '' || SIGN.test(group) || PART_OF_NUMBER.test(group))) {
    const end = blanksStart(text, start, first);
    const before = wordStart(text, end, first);
    const word = text.slice(before, end);
    if (start - end > MOST_BLANKS || !(GROUP.test(word) || SIGN.test(word))) break;
    start = before;
    group = word;
  }
  return Math.min(start, spelled);
}
