/** Signs that programs write for others: hyphens of any length, full-width letters and digits. */
const DRESSED = /[\u2010-\u2013\u2212\ufe63\uff01-\uff5e\u2007\u2009\u202f]/;
const EACH = new RegExp(DRESSED, 'g');

/** Between the full-width form of a sign and its plain one. */
const FULL_WIDTH = 0xfee0;

/**
 * A text with plain hyphens, spaces and digits, unit for unit: what a word processor has made of
 * `529.982.247-25`, or a Japanese keyboard, is read like what was typed. Places stay as they are.
 */
export const plainSigns = (text: string): string =>
  DRESSED.test(text) ? text.replace(EACH, plainOf) : text;

function plainOf(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code >= 0xff01) return String.fromCharCode(code - FULL_WIDTH);
  return code === 0x2007 || code === 0x2009 || code === 0x202f ? ' ' : '-';
}
