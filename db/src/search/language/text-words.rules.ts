import { fold } from '../search-words.rules.js';
import { stemEnglish, stemPortuguese, type Stemmer } from './stemming.rules.js';
import { ENGLISH_STOP_WORDS, PORTUGUESE_STOP_WORDS } from './stop-words.js';

/** The languages whose words are told apart by their endings. */
export type TextLanguage = 'pt-BR' | 'en';

/** Longest word kept, in characters: past 84 InnoDB indexes none (innodb_ft_max_token_size). */
const LONGEST_WORD = 40;

/** Words whose stems are remembered; a team's documents hold some tens of thousands. */
const MOST_REMEMBERED = 20_000;

const NAMES_AND_NUMBERS = /\d+(?:[.,]\d+)+|[\p{L}\p{N}_]+/gu;
const THOUSANDS = /^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:,\d{3})+$/;

/** The first half of a character, its second cut off. */
const HALF_CHARACTER = /[\ud800-\udbff]$/;

const VOCABULARIES: Readonly<
  Record<TextLanguage, { readonly stopWords: ReadonlySet<string>; readonly stem: Stemmer }>
> = {
  'pt-BR': { stopWords: PORTUGUESE_STOP_WORDS, stem: remembering(stemPortuguese) },
  en: { stopWords: ENGLISH_STOP_WORDS, stem: remembering(stemEnglish) },
};

function remembering(stem: Stemmer): Stemmer {
  const known = new Map<string, string>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const found = stem(word);
    known.set(word, found);
    return found;
  };
}

const shortened = (word: string): string =>
  word.length <= LONGEST_WORD ? word : word.slice(0, LONGEST_WORD).replace(HALF_CHARACTER, '');

/** A number or a name made of parts is found whole and by its parts: `LLM_MODELS`, `10.0.0.1`. */
function withParts(word: string): string[] {
  if (THOUSANDS.test(word)) return [word.replace(/[.,]/g, '')];
  const parts = word.split(/[_.,]+/).filter(Boolean);
  return parts.length < 2 ? parts : [parts.join('_'), ...parts];
}

/** The words of a text, folded, in order, with repeats. */
export function plainWords(text: string): string[] {
  const found = fold(text).match(NAMES_AND_NUMBERS) ?? [];
  return found.flatMap((word) => (/[_.,]/.test(word) ? withParts(word) : word)).map(shortened);
}

/** The language a text is written in, by its common words; undefined where they do not tell. */
export function languageOfWords(words: readonly string[]): TextLanguage | undefined {
  let portuguese = 0;
  let english = 0;
  for (const word of words) {
    if (PORTUGUESE_STOP_WORDS.has(word)) portuguese += 1;
    if (ENGLISH_STOP_WORDS.has(word)) english += 1;
  }
  if (portuguese === english) return undefined;
  return portuguese > english ? 'pt-BR' : 'en';
}

/**
 * What the index holds of a text: its stems without stop words, in order, with repeats. A text
 * whose language does not show is held by the stems of both.
 */
export function stemsToIndex(text: string, language: TextLanguage | undefined): string[] {
  const words = plainWords(text);
  if (language) {
    const { stopWords, stem } = VOCABULARIES[language];
    return words.filter((word) => !stopWords.has(word)).map(stem);
  }
  return words.flatMap((word) => [
    ...new Set([VOCABULARIES['pt-BR'].stem(word), VOCABULARIES.en.stem(word)]),
  ]);
}

/** A word of a question, by every stem that may stand for it in the index. */
export type Term = readonly string[];

/**
 * The words of a question that say what it is about, each once, in order.
 * @param language of whoever asks; counts where the question's own does not show.
 * @param most of them; more make a search slow and find nothing.
 */
export function termsOf(question: string, language: TextLanguage, most: number): Term[] {
  const words = plainWords(question);
  const { stopWords } = VOCABULARIES[languageOfWords(words) ?? language];
  const terms = new Map<string, Term>();
  for (const word of words) {
    if (stopWords.has(word)) continue;
    const stems = [...new Set([VOCABULARIES['pt-BR'].stem(word), VOCABULARIES.en.stem(word)])];
    terms.set(stems.join(' '), stems);
    if (terms.size === most) break;
  }
  return [...terms.values()];
}
