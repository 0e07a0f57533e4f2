/** A letter three times and more is written for its sound: `oiii`. */
const DRAWN_OUT = /(\p{L})\1{2,}/gu;
const WORDS = /[\p{L}\p{N}]+/gu;

/** The words of a prompt in lower case, without accents, signs and pictures. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}'’]/gu, '')
    .replace(DRAWN_OUT, '$1')
    .match(WORDS) ?? [];
