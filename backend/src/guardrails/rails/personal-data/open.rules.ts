import { LONGEST_EMAIL } from './addresses.rules.js';

const isSpace = (code: number): boolean =>
  code === 32 || code === 10 || code === 9 || code === 0xa0;

/** Words of no letter but capitals, such as groups of an IBAN; digits, and the signs of numbers. */
const PART_OF_NUMBER = /^[+(]?[0-9A-Z(][0-9A-Z.,/()-]*$/;

/**
 * Where a number or an address may begin that the end of a text cuts: the last word, and groups in
 * front of it that may be parts of the same number.
 */
export function openNumbers(text: string): number {
  const first = Math.max(0, text.length - LONGEST_EMAIL);
  let start = wordStart(text, text.length, first);
  let group = text.slice(start);
  while (start > first && (group === '' || PART_OF_NUMBER.test(group))) {
    const end = start - 1;
    const before = wordStart(text, end, first);
    const word = text.slice(before, end);
    if (!/\d/.test(word) || text.charCodeAt(end) === 10) return start;
    start = before;
    group = word;
  }
  return start;
}

/** Start of the word that ends at `end`, which may be empty. */
function wordStart(text: string, end: number, first: number): number {
  let start = end;
  while (start > first && !isSpace(text.charCodeAt(start - 1))) start -= 1;
  return start;
}
