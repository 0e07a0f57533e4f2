import { NOT_SURE } from '../detector.js';
import { unescapedReader } from '../plain-reading.js';

const LETTER = 0;
const BLANK = 1;
/** Two of them in one word may be an address's, or a key's. */
const PAIRED = 2;
const OTHER = 3;
/** An at sign may stand in it. */
const BRACKET = 4;
/** Digits, at signs, escapes: something may begin or end there. */
const TELLING = 5;

const KINDS = Uint8Array.from({ length: 128 }, (_, unit) => kindOf(String.fromCharCode(unit)));

function kindOf(sign: string): number {
  if (/[a-z]/i.test(sign)) return LETTER;
  if (/[ \n\r\t]/.test(sign)) return BLANK;
  if (/[:-]/.test(sign)) return PAIRED;
  if (/[[({<]/.test(sign)) return BRACKET;
  return /[0-9@%\\]/.test(sign) ? TELLING : OTHER;
}

/** What an at sign is spelled as, and the beginnings of it. */
const AT_WORD = /^a(?:t|r(?:r(?:o(?:ba?)?)?)?)?$/i;
const LONGEST_AT_WORD = 6;

/**
 * Most words are nobody's data, and tell at a glance: they are of letters alone, and none of them
 * is an at sign that is spelled.
 * @returns where the last word begins; NOT_SURE where there may be something from `from` on.
 */
export function plainEnd(text: string, from: number): number {
  let before = from;
  let start = from;
  let paired = 0;
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const kind = unit < 128 ? KINDS[unit] : unescapedReader.isDressed(unit) ? TELLING : OTHER;
    if (kind === TELLING) return NOT_SURE;
    if (kind === BRACKET && BEGINS_AT.test(text.charAt(at + 1))) return NOT_SURE;
    if (kind === PAIRED && (paired += 1) > 1) return NOT_SURE;
    if (kind !== BLANK) continue;
    if (isAtWord(text, start, at) && at - start > 1) return NOT_SURE;
    if (at > start) before = start;
    start = at + 1;
    paired = 0;
  }
  // Behind a whole word an at sign may come.
  return start === text.length || isAtWord(text, start, text.length) ? before : start;
}

/** Also of nothing: what follows a bracket may not have come yet. */
const BEGINS_AT = /^[a@]?$/i;

const isAtWord = (text: string, start: number, end: number): boolean =>
  end - start <= LONGEST_AT_WORD && AT_WORD.test(text.slice(start, end));
