import { fold, stemEnglish, stemPortuguese } from '#db';

const WORDS = /[\p{L}\p{N}]+/gu;
const SENTENCES = /[.!?\n;]+/;
/** A longer sentence is judged by its beginning: nobody asks in so many words. */
const MOST_WORDS = 80;

/** What a word is in its shortest form, in Portuguese and in English alike. */
function stem(word: string): string {
  const portuguese = stemPortuguese(word);
  const english = stemEnglish(word);
  return portuguese.length < english.length ? portuguese : english;
}

/** The stems of a text's words, in order; function words are among them: they say what is asked. */
export const stemsOf = (text: string): string[] =>
  (fold(text).match(WORDS) ?? []).slice(0, MOST_WORDS).map(stem);

/** The sentences of a text that say anything, and the text itself where it is short. */
export function sentencesOf(text: string): string[][] {
  const sentences = text.split(SENTENCES).map(stemsOf);
  return sentences.filter((stems) => stems.length > 1);
}

/** By what two sentences are compared: stems, and pairs of them that stand side by side. */
export function featuresOf(stems: readonly string[]): ReadonlySet<string> {
  const features = new Set(stems);
  for (let at = 1; at < stems.length; at += 1) features.add(`${stems[at - 1]} ${stems[at]}`);
  return features;
}
