import { finished, type Steps } from '../steps.js';

/** A sign of folded text: 0 between words, 1–26 for a–z, 27–36 for 0–9, 37 for other letters. */
export const OTHER_LETTER = 37;
/** How many signs folded text knows. */
export const SIGN_COUNT = 38;

/** A text without case, accents, look-alikes and what is not seen, word by word. */
export interface FoldedText {
  /** Signs; one 0 between words, one at the end. */
  readonly signs: Uint8Array;
  /** Of each sign: where it stands in the text, in UTF-16 units. */
  readonly places: Int32Array;
  readonly length: number;
  /** Where in `signs` words begin. */
  readonly words: readonly number[];
  /** Of each word its number; the end of a sentence counts as words, too. */
  readonly order: readonly number[];
  /** How many characters are not seen, though text stands around them. */
  readonly invisible: number;
  /** How many words mix Latin letters with others that look like them. */
  readonly mixed: number;
}

/** The end of a sentence counts as so many words: phrases seldom go over it. */
const SENTENCE = 3;

/** Signs that are digits or others in place of letters, as in "1gn0r3". */
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Cyrillic and Greek letters that look like Latin ones. */
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['аеорсухіјѕһԁɡӏкмтвн', 'aeopcyxijshdglkmtbh'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονικτρυ', 'abezhikmnoptyxaovіktpu'],
    ['АЕОРСУХІЈЅНКМТВ', 'aeopcyxijshkmtb'],
  ].flatMap(([from = '', to = '']) => [...from].map((sign, at) => [sign, to[at] ?? ''])),
);

const SEPARATOR = 0;
const DROPPED = 254;
const INVISIBLE_SIGN = 253;
const SENTENCE_END = 252;

const signOf = (letter: string): number => {
  const code = letter.charCodeAt(0);
  if (code >= 97 && code <= 122) return code - 96;
  return code >= 48 && code <= 57 ? code - 21 : OTHER_LETTER;
};

const invisible = /\p{Cf}|\p{Default_Ignorable_Code_Point}/u;

/** What each code point becomes, and one more; 0: nobody has met it yet. */
const CLASSES = new Uint8Array(0x110000);

function classAt(point: number): number {
  const known = CLASSES[point] ?? 0;
  if (known > 0) return known - 1;
  const found = wideClass(point);
  CLASSES[point] = found + 1;
  return found;
}

function classOf(sign: string): number {
  if (invisible.test(sign)) return INVISIBLE_SIGN;
  if (/['’‘`´]|\p{M}/u.test(sign)) return DROPPED;
  if (/[.!?\n;]/.test(sign)) return SENTENCE_END;
  const plain = LOOKALIKES[sign] ?? sign.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const [first = ''] = plain === 'ß' ? 's' : plain;
  if (/[a-z0-9]/.test(first)) return signOf(first);
  return /\p{L}/u.test(sign) ? OTHER_LETTER : SEPARATOR;
}

function wideClass(code: number): number {
  if (code >= 0xe0000 && code <= 0xe007f) return INVISIBLE_SIGN;
  return classOf(String.fromCodePoint(code));
}

const LEET_SIGNS = Uint8Array.from({ length: SIGN_COUNT }, (_, sign) => {
  const digit = sign >= 27 && sign <= 36 ? String(sign - 27) : '';
  const letter = LEET[digit];
  return letter === undefined ? sign : signOf(letter);
});

/** Folds a text. Linear. */
export const foldedText = (text: string): FoldedText => finished(folding(text));

/** The same in steps. */
export const folding = (text: string): Steps<FoldedText> => new Folder(text).run();

/** UTF-16 units of one step: about a millisecond. */
const STEP = 8192;

class Folder {
  private readonly signs: Uint8Array;
  private readonly places: Int32Array;
  private readonly words: number[] = [];
  private readonly order: number[] = [];
  private length = 0;
  private wordFrom = -1;
  private number = 0;
  private invisible = 0;
  private mixed = 0;
  private lookalikes = false;
  private letters = false;
  private digits = false;

  constructor(private readonly text: string) {
    this.signs = new Uint8Array(text.length + 2);
    this.places = new Int32Array(text.length + 2);
  }

  *run(): Steps<FoldedText> {
    const { text } = this;
    for (let at = 0; at < text.length;) {
      for (const end = Math.min(text.length, at + STEP); at < end; at += 1) {
        const code = text.charCodeAt(at);
        const isHigh = code >= 0xd800 && code <= 0xdbff;
        const point = isHigh ? (text.codePointAt(at) ?? code) : code;
        this.push(classAt(point), code, at);
        if (point > 0xffff) at += 1;
      }
      yield;
    }
    this.endWord(text.length);
    const { signs, places, length, words, order, mixed } = this;
    return { signs, places, length, words, order, invisible: this.invisible, mixed };
  }

  private push(sign: number, code: number, at: number): void {
    if (sign === DROPPED) return;
    if (sign === INVISIBLE_SIGN) {
      if (this.wordFrom >= 0 || code === 0xdb40) this.invisible += 1;
      return;
    }
    if (sign === SEPARATOR || sign === SENTENCE_END) {
      // `$` and `@` stand for letters only within words.
      if (this.wordFrom >= 0 && (code === 36 || code === 64) && this.followedByLetter(at)) {
        this.add(code === 36 ? 19 : 1, at);
        return;
      }
      this.endWord(at);
      if (sign === SENTENCE_END && /\s|^$/.test(this.text[at + 1] ?? '')) this.number += SENTENCE;
      return;
    }
    this.add(sign, at);
    if (sign >= 27 && sign <= 36) this.digits = true;
    else if (code < 0x250) this.letters = true;
    else if (sign < 27) this.lookalikes = true;
  }

  private followedByLetter(at: number): boolean {
    const next = classAt(this.text.charCodeAt(at + 1) || 0);
    return next >= 1 && next <= 26;
  }

  private add(sign: number, at: number): void {
    if (this.wordFrom < 0) {
      this.wordFrom = this.length;
      this.number += 1;
      this.words.push(this.length);
      this.order.push(this.number);
    }
    this.signs[this.length] = sign;
    this.places[this.length] = at;
    this.length += 1;
  }

  private endWord(at: number): void {
    if (this.wordFrom < 0) return;
    if (this.letters && this.digits) this.readLeet();
    if (this.letters && this.lookalikes) this.mixed += 1;
    this.signs[this.length] = SEPARATOR;
    this.places[this.length] = at;
    this.length += 1;
    this.wordFrom = -1;
    this.letters = this.digits = this.lookalikes = false;
  }

  private readLeet(): void {
    for (let at = this.wordFrom; at < this.length; at += 1) {
      this.signs[at] = LEET_SIGNS[this.signs[at] ?? 0] ?? 0;
    }
  }
}

/** The signs of a phrase of a list, as `foldedText` writes them, without the last separator. */
export function foldedPhrase(phrase: string): Uint8Array {
  const { signs, length } = foldedText(phrase);
  return signs.subarray(0, Math.max(0, length - 1));
}
