import { NOT_SURE } from '../detector.js';
import { plainReader } from '../plain-reading.js';
import { mayPromise } from './assignments.rules.js';

/**
 * Every secret but a password is at least as long as this, in UTF-16 units; shorter may also be an
 * address with a password, which a `://` tells.
 */
export const SHORTEST_SECRET = 16;

const SIGN = 0;
const LETTER = 1;
const BLANK = 2;
/** What a value does not end with. */
const STOP = 3;
/** Two of them begin and end a private key, or stand in an address. */
const PAIRED = 4;

const kindOf = (sign: string): number => {
  if (/\s/.test(sign)) return BLANK;
  // No password is made of these alone.
  if (/[a-zà-öø-ú]/i.test(sign)) return LETTER;
  if (/[.,;:)]/.test(sign)) return STOP;
  return /[-/]/.test(sign) ? PAIRED : SIGN;
};
const KINDS = Uint8Array.from({ length: 256 }, (_, unit) => kindOf(String.fromCharCode(unit)));

/**
 * Most words are no secret, and tell at a glance: they are short, and hold letters only or have no
 * name such as "password" in front of them.
 * @param shortest secret, in UTF-16 units, but for passwords.
 * @returns where the last word begins; NOT_SURE where there may be a secret from `from` on.
 */
export function lastPlainWord(text: string, from: number, shortest: number): number {
  let start = from;
  let before = BLANK;
  let hasSigns = false;
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 127 && plainReader.isDressed(unit)) return NOT_SURE;
    const kind = unit < 256 ? (KINDS[unit] ?? SIGN) : kindOf(text.charAt(at));
    if (kind === BLANK) start = at + 1;
    else if (at - start + 1 >= shortest) return NOT_SURE;
    else if (kind === PAIRED && before === PAIRED) return NOT_SURE;
    else if (kind !== STOP && (kind !== LETTER || before === STOP)) hasSigns = true;
    else if (kind === STOP && before === BLANK) hasSigns = true;
    before = kind;
  }
  return hasSigns && (mayPromise(text) || !plainReader.isPlain(text)) ? NOT_SURE : start;
}
