import { fold } from '../search-words.rules.js';
import { stemEnglish, stemPortuguese, type Stemmer } from './stemming.rules.js';
import type { TextLanguage } from './text-words.rules.js';
import { WORDS_OF_THINGS } from './words-of-things.js';
import { WORDS_OF_WORK } from './words-of-work.js';

const STEMMERS: Readonly<Record<TextLanguage, Stemmer>> = {
  'pt-BR': stemPortuguese,
  en: stemEnglish,
};

/**
 * Words of business that mean the same: a group a line, Portuguese before the bar and English after
 * it. Written by hand, from what offices, shops, farms, schools and clinics write about: without a
 * model that knows both languages, nothing else lets a question in one find a document in the
 * other. A word may stand in more groups than one. Inflections need no entry, for words are
 * compared by their stems; what is derived otherwise does (`secar`, `secagem`).
 */
const GROUPS = (WORDS_OF_WORK + WORDS_OF_THINGS).split('\n').filter((line) => line.includes('|'));

/** Words by their stems, each folded. */
type WordsByStem = ReadonlyMap<string, string>;

const NONE: WordsByStem = new Map();

/** By the stem of a word, in its language: those that mean the same. */
const ALIKE = alikeByStem();

function alikeByStem(): Readonly<Record<TextLanguage, ReadonlyMap<string, WordsByStem>>> {
  const alike = {
    'pt-BR': new Map<string, Map<string, string>>(),
    en: new Map<string, Map<string, string>>(),
  };
  for (const line of GROUPS) {
    const [portuguese = '', english = ''] = line.split('|');
    const words = { 'pt-BR': byStem(portuguese, 'pt-BR'), en: byStem(english, 'en') };
    const all = [...words['pt-BR'], ...words.en];
    for (const language of ['pt-BR', 'en'] as const) {
      for (const [stem] of words[language]) {
        const known = alike[language].get(stem) ?? new Map<string, string>();
        for (const [other, word] of all) if (other !== stem) known.set(other, word);
        alike[language].set(stem, known);
      }
    }
  }
  return alike;
}

function byStem(words: string, language: TextLanguage): [stem: string, word: string][] {
  const folded = fold(words).split(/\s+/).filter(Boolean);
  return folded.map((word) => [STEMMERS[language](word), word]);
}

/** Words that mean the same as one of this stem, in either language, by their stems. */
export const alikeTo = (stem: string, language: TextLanguage): WordsByStem =>
  ALIKE[language].get(stem) ?? NONE;
