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

/** By the stem of a word, in its language: the stems of those that mean the same. */
const ALIKE = alikeByStem();

function alikeByStem(): Readonly<Record<TextLanguage, ReadonlyMap<string, ReadonlySet<string>>>> {
  const alike = { 'pt-BR': new Map<string, Set<string>>(), en: new Map<string, Set<string>>() };
  for (const line of GROUPS) {
    const [portuguese = '', english = ''] = line.split('|');
    const stems = { 'pt-BR': stemsIn(portuguese, 'pt-BR'), en: stemsIn(english, 'en') };
    for (const language of ['pt-BR', 'en'] as const) {
      for (const stem of stems[language]) {
        const known = alike[language].get(stem) ?? new Set();
        for (const other of [...stems['pt-BR'], ...stems.en]) if (other !== stem) known.add(other);
        alike[language].set(stem, known);
      }
    }
  }
  return alike;
}

function stemsIn(words: string, language: TextLanguage): string[] {
  return fold(words).split(/\s+/).filter(Boolean).map(STEMMERS[language]);
}

/** The stems of words that mean the same as one of this stem, in either language. */
export const alikeTo = (stem: string, language: TextLanguage): Iterable<string> =>
  ALIKE[language].get(stem) ?? [];
