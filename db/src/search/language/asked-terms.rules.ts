import { alikeTo } from './business-words.js';
import {
  languageOfWords,
  plainWords,
  type Term,
  termsOf,
  type TextLanguage,
} from './text-words.rules.js';

/** A word of a question, and what else may stand for it. */
export interface AskedTerm {
  /** Stems of the word as it was asked. */
  readonly own: Term;
  /** Stems of words that mean the same, in either language. */
  readonly alike: Term;
}

/**
 * The words of a question that say what it is about, each once, with those that mean the same.
 * @param language of whoever asks; counts where the question's own does not show.
 * @param most of them; more make a search slow and find nothing.
 */
export function askedTerms(question: string, language: TextLanguage, most: number): AskedTerm[] {
  const spoken = languageOfWords(plainWords(question)) ?? language;
  return termsOf(question, language, most).map((own) => {
    const alike = new Set(own.flatMap((stem) => [...alikeTo(stem, spoken).keys()]));
    for (const stem of own) alike.delete(stem);
    return { own, alike: [...alike] };
  });
}

/** The words themselves that mean the same as those of a question, each once, folded. */
export function wordsAlike(question: string, language: TextLanguage, most: number): string[] {
  const spoken = languageOfWords(plainWords(question)) ?? language;
  const own = termsOf(question, language, most).flat();
  return [...new Set(own.flatMap((stem) => [...alikeTo(stem, spoken).values()]))];
}

/** Every stem that may stand for a word. */
export const stemsFor = ({ own, alike }: AskedTerm): Term => [...own, ...alike];
