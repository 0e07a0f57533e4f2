/** How far in front of a number a word may stand that says what it is, in UTF-16 units. */
export const CONTEXT_REACH = 48;

/** The same as it was written, with what nobody sees. */
const WRITTEN_REACH = 4 * CONTEXT_REACH;

/** Longest word that may be one of context, in UTF-16 units. */
const LONGEST_WORD = 24;

const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 0xc0 && code <= 0x24f) ||
  (code >= 0x300 && code <= 0x36f);

/** A word without case and accents. */
export const foldedWord = (word: string): string =>
  word.normalize('NFD').replace(/[̀-ͯ]/g, '').toLowerCase();

/** Which kinds of number a word speaks of. */
export type ContextWords = ReadonlyMap<string, readonly string[]>;

/** A map from folded words to the kinds that they speak of. */
export function contextWords(
  words: Readonly<Record<string, readonly string[]>>,
): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const [kind, list] of Object.entries(words)) {
    for (const word of list.map(foldedWord)) map.set(word, [...(map.get(word) ?? []), kind]);
  }
  return map;
}

/**
 * Tells which words of context stand in front of places of one text. Asked for places in order, it
 * reads each unit of the text at most once.
 */
export class Context {
  private readTo = 0;
  private readonly last = new Map<string, number>();

  constructor(
    private readonly text: string,
    private readonly words: ContextWords,
    private readonly placeOf: (index: number) => number,
  ) {}

  /** Units from a kind's last word to `at`; Infinity where none is near. */
  distance(kind: string, at: number): number {
    this.read(at);
    const seen = this.last.get(kind);
    return seen === undefined || !this.reaches(seen, at) ? Infinity : at - seen;
  }

  private reaches(from: number, at: number): boolean {
    return at - from <= CONTEXT_REACH && this.placeOf(at) - this.placeOf(from) <= WRITTEN_REACH;
  }

  private read(at: number): void {
    let place = Math.max(this.readTo, at - CONTEXT_REACH);
    while (place < at && !this.reaches(place, at)) place += 1;
    if (place > this.readTo) {
      while (place < at && place > 0 && isLetter(this.text.charCodeAt(place - 1))) place += 1;
    }
    while (place < at) {
      const start = place;
      while (place < at && isLetter(this.text.charCodeAt(place))) place += 1;
      if (place > start) this.note(start, place);
      else place += 1;
    }
    this.readTo = Math.max(this.readTo, at);
  }

  private note(start: number, end: number): void {
    if (end - start > LONGEST_WORD) return;
    for (const kind of this.words.get(foldedWord(this.text.slice(start, end))) ?? []) {
      this.last.set(kind, start);
    }
  }
}
