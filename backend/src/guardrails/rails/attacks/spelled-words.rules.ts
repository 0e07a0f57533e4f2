import type { FoldedText } from './folded-text.rules.js';

/** Words that are written letter by letter, read as words. */
export interface SpelledText {
  readonly folded: FoldedText;
  /** Where letters stand alone in a row, in UTF-16 units of the text. */
  readonly rows: readonly { readonly start: number; readonly end: number }[];
}

/** Tells how many signs each known word has that begins at a sign. */
export type WordsAt = (signs: Uint8Array, at: number, tell: (length: number) => void) => void;

/** Fewest letters that stand alone in a row: "i g n o r e". */
const SHORTEST_ROW = 6;

/**
 * Reads "i g n o r e a l l" as "ignore all". Where one word ends and the next begins is told by
 * known words alone: gaps are often all alike. What is no known word stays together. Linear.
 * @returns undefined where no letters stand alone in a row.
 */
export function spelledText(text: FoldedText, wordsAt: WordsAt): SpelledText | undefined {
  const rows = letterRows(text);
  return rows.length === 0 ? undefined : new SpelledReader(text, rows, wordsAt).read();
}

interface Row {
  readonly first: number;
  /** The word behind the last letter. */
  readonly behind: number;
}

const isLetterAlone = ({ words, length }: FoldedText, word: number): boolean =>
  (words[word + 1] ?? length) - (words[word] ?? 0) === 2;

function letterRows(text: FoldedText): Row[] {
  const rows: Row[] = [];
  for (let word = 0; word < text.words.length;) {
    const first = word;
    while (word < text.words.length && isLetterAlone(text, word)) word += 1;
    if (word - first >= SHORTEST_ROW) rows.push({ first, behind: word });
    if (word === first) word += 1;
  }
  return rows;
}

/** What a letter costs that is part of no known word; a known word costs one, however long. */
const UNKNOWN = 2;

/** Of each letter: how long the known word is that is best read there; 0 where none is. */
function wordLengths(letters: Uint8Array, wordsAt: WordsAt): Uint16Array {
  const costs = new Float64Array(letters.length + 1);
  const lengths = new Uint16Array(letters.length);
  for (let at = letters.length - 1; at >= 0; at -= 1) {
    let least = (costs[at + 1] ?? 0) + UNKNOWN;
    wordsAt(letters, at, (length) => {
      const cost = (costs[at + length] ?? 0) + 1;
      if (cost >= least) return;
      least = cost;
      lengths[at] = length;
    });
    costs[at] = least;
  }
  return lengths;
}

class SpelledReader {
  private readonly signs: Uint8Array;
  private readonly places: Int32Array;
  private readonly words: number[] = [];
  private readonly order: number[] = [];
  private length = 0;
  private number = 0;

  constructor(
    private readonly text: FoldedText,
    private readonly rows: readonly Row[],
    private readonly wordsAt: WordsAt,
  ) {
    // In the worst case each letter of a row is a word: never longer than the text itself.
    this.signs = new Uint8Array(text.length + 2);
    this.places = new Int32Array(text.length + 2);
  }

  read(): SpelledText {
    const { text } = this;
    let word = 0;
    for (const row of this.rows) {
      for (; word < row.first; word += 1) this.copy(word);
      this.join(row);
      word = row.behind;
    }
    for (; word < text.words.length; word += 1) this.copy(word);
    const { signs, places, length, words, order } = this;
    const rows = this.rows.map(({ first, behind }) => ({
      start: this.placeOf(first),
      end: this.placeOf(behind - 1) + 1,
    }));
    return { folded: { ...text, signs, places, length, words, order }, rows };
  }

  private placeOf(word: number): number {
    return this.text.places[this.text.words[word] ?? 0] ?? 0;
  }

  private copy(word: number): void {
    const { words, length, order } = this.text;
    this.begin((order[word] ?? 0) - (order[word - 1] ?? 0));
    const end = (words[word + 1] ?? length) - 1;
    for (let at = words[word] ?? 0; at < end; at += 1) this.add(at);
    this.endWord(end);
  }

  private join({ first, behind }: Row): void {
    const { words, signs } = this.text;
    const letters = Uint8Array.from({ length: behind - first }, (_, at) => {
      return signs[words[first + at] ?? 0] ?? 0;
    });
    const lengths = wordLengths(letters, this.wordsAt);
    let isUnknown = false;
    for (let at = 0; at < letters.length;) {
      const known = lengths[at] ?? 0;
      if (known > 0 || !isUnknown) {
        if (at > 0) this.endWord(words[first + at] ?? 0);
        this.begin(1);
      }
      isUnknown = known === 0;
      for (const end = at + Math.max(1, known); at < end; at += 1) this.add(words[first + at] ?? 0);
    }
    this.endWord((words[behind - 1] ?? 0) + 1);
  }

  private begin(step: number): void {
    this.number += step;
    this.words.push(this.length);
    this.order.push(this.number);
  }

  private add(at: number): void {
    this.signs[this.length] = this.text.signs[at] ?? 0;
    this.places[this.length] = this.text.places[at] ?? 0;
    this.length += 1;
  }

  private endWord(at: number): void {
    this.signs[this.length] = 0;
    this.places[this.length] = this.text.places[at] ?? 0;
    this.length += 1;
  }
}
