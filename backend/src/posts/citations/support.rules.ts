import { ENGLISH_STOP_WORDS, fold, PORTUGUESE_STOP_WORDS, stemEnglish, stemPortuguese } from '#db';

/** The words of a passage, as claims are compared with it. */
export interface PassageWords {
  readonly words: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  readonly language: 'pt' | 'en' | null;
}

/** A claim is supported where the passage holds this part of what its words weigh. */
const LEAST_SHARE = 0.5;
/** The same between two languages, which share names, figures and the stems of many words. */
const LEAST_SHARE_ACROSS = 0.25;
/** Letters by which words of two languages are the same: `configuração`, `configuration`. */
const SHARED_LETTERS = 5;
/** Words of a claim that are compared; it is a sentence. */
const MOST_WORDS = 80;

const NUMBER_WORDS = new Map(
  Object.entries({
    ...{ um: 1, uma: 1, dois: 2, duas: 2, tres: 3, quatro: 4, cinco: 5, seis: 6, sete: 7 },
    ...{ oito: 8, nove: 9, dez: 10, onze: 11, doze: 12, quinze: 15, vinte: 20, trinta: 30 },
    ...{ quarenta: 40, cinquenta: 50, sessenta: 60, setenta: 70, oitenta: 80, noventa: 90 },
    ...{ cem: 100, mil: 1000, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7 },
    ...{ eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, fifteen: 15, twenty: 20 },
    ...{ thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90, hundred: 100 },
  }).map(([word, value]) => [word, String(value)]),
);

/** `1.000,50`, `1,000.50`, `30`: without what groups the digits; `0` at its end counts for nothing. */
const NUMBER = /\d+(?:[.,]\d+)*/g;

/** The words of a passage with its title and headings. Linear; done once a source. */
export function passageWords(text: string): PassageWords {
  const words = foldedWords(text);
  const numbers = new Set((text.match(NUMBER) ?? []).map(plainNumber));
  for (const word of words) {
    const value = NUMBER_WORDS.get(word);
    if (value !== undefined) numbers.add(value);
  }
  const stems = new Set(words.flatMap((word) => [stemPortuguese(word), stemEnglish(word)]));
  for (const word of words) if (word.length >= SHARED_LETTERS) stems.add(shared(word));
  return { words: stems, numbers, language: languageOf(words) };
}

/**
 * Whether a passage speaks of what a claim says: it holds every number of it and enough of its
 * words, the longer of which say more. A claim without words of its own is supported by nothing.
 */
export function supports({ words, numbers, language }: PassageWords, claim: string): boolean {
  const claimed = claim.match(NUMBER) ?? [];
  if (!claimed.map(plainNumber).every((number) => numbers.has(number))) return false;
  const said = foldedWords(claim);
  const other = languageOf(said);
  const isAcross = language !== null && other !== null && language !== other;
  let [whole, held] = [claimed.length * 2, claimed.length * 2];
  for (const word of new Set(said.filter(isTelling).slice(0, MOST_WORDS))) {
    const weight = Math.min(word.length, 9) / 3;
    whole += weight;
    if (holds(words, word, isAcross)) held += weight;
  }
  return whole > 0 && held / whole >= (isAcross ? LEAST_SHARE_ACROSS : LEAST_SHARE);
}

function holds(words: ReadonlySet<string>, word: string, isAcross: boolean): boolean {
  if (words.has(stemPortuguese(word)) || words.has(stemEnglish(word))) return true;
  return isAcross && word.length >= SHARED_LETTERS && words.has(shared(word));
}

/** Kept apart from stems by its mark. */
const shared = (word: string): string => `${word.slice(0, SHARED_LETTERS)}*`;

const foldedWords = (text: string): string[] => fold(text).match(/\p{L}[\p{L}\p{N}]*/gu) ?? [];

const isTelling = (word: string): boolean =>
  word.length >= 3 &&
  !PORTUGUESE_STOP_WORDS.has(word) &&
  !ENGLISH_STOP_WORDS.has(word) &&
  !NUMBER_WORDS.has(word);

/** Of the grammar in it; null where it holds too little of that. */
function languageOf(words: readonly string[]): 'pt' | 'en' | null {
  let [pt, en] = [0, 0];
  for (const word of words.slice(0, 2000)) {
    if (PORTUGUESE_STOP_WORDS.has(word)) pt += 1;
    if (ENGLISH_STOP_WORDS.has(word)) en += 1;
  }
  if (Math.max(pt, en) < 2 || Math.abs(pt - en) < 2) return null;
  return pt > en ? 'pt' : 'en';
}

/** Digits alone, without zeros behind a decimal mark: `1.000,50` → `100050`, `30,0` → `30`. */
function plainNumber(text: string): string {
  const whole = text.replace(/[.,]0{1,2}$/, '');
  return whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '');
}
