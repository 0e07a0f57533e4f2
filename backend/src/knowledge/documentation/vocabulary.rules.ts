import { stemEnglish, stemPortuguese, type Stemmer } from '#db';
import type { Language } from '../../platform/language.rules.js';
import { ENGLISH_STOP_WORDS, PORTUGUESE_STOP_WORDS } from './stop-words.js';
import { ENGLISH_SYNONYMS, PORTUGUESE_SYNONYMS, type Synonyms } from './synonyms.js';

/** How one language's words are told apart and compared. */
export interface Vocabulary {
  readonly stopWords: ReadonlySet<string>;
  readonly stem: Stemmer;
  readonly synonyms: Synonyms;
}

export const VOCABULARIES: Readonly<Record<Language, Vocabulary>> = {
  'pt-BR': {
    stopWords: PORTUGUESE_STOP_WORDS,
    stem: stemPortuguese,
    synonyms: PORTUGUESE_SYNONYMS,
  },
  en: {
    stopWords: ENGLISH_STOP_WORDS,
    stem: stemEnglish,
    synonyms: ENGLISH_SYNONYMS,
  },
};

/** Lower case without accents: `Conexão` → `conexao`. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, '');
}

/** Every word of a text that is already folded; `LLM_MODELS` and `127.0.0.1` are one word each. */
export function wordsOf(text: string): string[] {
  return text.match(/\d+(?:\.\d+)+|[\p{L}\p{N}_]+/gu) ?? [];
}

/**
 * The language a question is written in, by its common words; where they do not tell, the asker's
 * own (`locale`, BCP 47).
 */
export function languageOf(question: string, locale: string): Language {
  const words = wordsOf(folded(question));
  const portuguese =
    words.filter((word) => PORTUGUESE_STOP_WORDS.has(word)).length +
    (/[ãõç]/i.test(question) ? 1 : 0);
  const english = words.filter((word) => ENGLISH_STOP_WORDS.has(word)).length;
  if (portuguese !== english) return portuguese > english ? 'pt-BR' : 'en';
  return locale.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en';
}

/** `AccessDeniedException` is three words, `WhatsApp` is one. */
const ERROR_NAME = /\b\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}+)*(?:Exception|Error)\b/gu;

const inWords = (name: string): string => name.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ');

/**
 * The stems a text is about, in order, with repeats: stop words dropped, names with underscores or
 * a number at the end also by their parts (`LLM_MODELS` → `llm_models`, `llm`, `model`).
 */
export function stemsOf(text: string, vocabulary: Vocabulary): string[] {
  const plain = vocabulary.synonyms.phrases.reduce(
    (current, [phrase, word]) => current.replace(phrase, word),
    folded(text.replace(ERROR_NAME, inWords)),
  );
  return wordsOf(plain)
    .flatMap((word) => {
      if (word.includes('_')) return [word, ...word.split('_')];
      const named = /^([a-z]{3,})\d+$/.exec(word);
      return named?.[1] ? [word, named[1]] : [word];
    })
    .filter((word) => word.length > 1 && !vocabulary.stopWords.has(word))
    .map(vocabulary.stem);
}

/** What a question is about, for a search in another language than its own. */
export function withoutStopWords(question: string, { stopWords }: Vocabulary): string {
  return question.replace(/[\p{L}'’]+/gu, (word) => (stopWords.has(folded(word)) ? '' : word));
}
