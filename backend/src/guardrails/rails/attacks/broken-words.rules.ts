/** What is put into words so that no rule reads them: `ig-no-re`, `i.g.n.o.r.e`. */
const BROKEN_TWICE = /[-.·_*~][a-zà-öø-ÿ]{1,4}[-.·_*~][a-zà-öø-ÿ]/i;
/** A word in pieces of a syllable or two. */
const BROKEN = /[a-zà-öø-ÿ]{1,6}(?:[-.·_*~][a-zà-öø-ÿ]{1,6})+/gi;
const BREAKS = /[-.·_*~]/g;

/** A soft hyphen: of one unit, and not seen. */
const UNSEEN = '\u00ad';

/** A text whose broken words are whole, each of its units where it was. */
export interface MendedText {
  readonly text: string;
  /** Where words were mended, in order. */
  readonly words: readonly { readonly start: number; readonly end: number }[];
}

/**
 * Reads `ig-no-re` as `ignore`. Many words hold one hyphen or dot; only where one is broken twice
 * are they all read as whole.
 * @returns undefined where no word is broken so.
 */
export function mendedText(text: string): MendedText | undefined {
  if (!BROKEN_TWICE.test(text)) return undefined;
  const words: { start: number; end: number }[] = [];
  const mended = text.replace(BROKEN, (word: string, start: number) => {
    words.push({ start, end: start + word.length });
    return word.replace(BREAKS, UNSEEN);
  });
  return { text: mended, words };
}
