import { SIGN_COUNT, foldedPhrase, type FoldedText } from './folded-text.rules.js';

/** A phrase of a list that stands in a text. */
export interface PhraseSeen {
  readonly list: number;
  /** Numbers of its first and its last word. */
  readonly first: number;
  readonly last: number;
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/**
 * Lists of words and phrases as one tree of signs: a text is compared with all of them at once. At
 * the end of a phrase `*` stands for any ending of its last word.
 */
export class PhraseTree {
  private next = new Int32Array(SIGN_COUNT * 64);
  private size = 1;
  private readonly whole = new Map<number, number[]>();
  private readonly stems = new Map<number, number[]>();

  /** Adds a phrase to a list, which is known by its number. */
  add(phrase: string, list: number): void {
    const isStem = phrase.endsWith('*');
    let node = 0;
    for (const sign of foldedPhrase(isStem ? phrase.slice(0, -1) : phrase)) {
      node = this.child(node, sign);
    }
    if (node === 0) return;
    const ends = isStem ? this.stems : this.whole;
    ends.set(node, [...(ends.get(node) ?? []), list]);
  }

  /** Tells how many signs each phrase has that begins at a sign, whatever follows it. */
  lengthsAt(signs: Uint8Array, from: number, tell: (length: number) => void): void {
    let node = 0;
    for (let at = from; at < signs.length; at += 1) {
      node = this.next[node * SIGN_COUNT + (signs[at] ?? 0)] ?? 0;
      if (node === 0) return;
      if (this.whole.has(node)) tell(at + 1 - from);
    }
  }

  private child(node: number, sign: number): number {
    const at = node * SIGN_COUNT + sign;
    const known = this.next[at] ?? 0;
    if (known > 0) return known;
    if ((this.size + 1) * SIGN_COUNT > this.next.length) {
      const wider = new Int32Array(this.next.length * 2);
      wider.set(this.next);
      this.next = wider;
    }
    this.next[at] = this.size;
    this.size += 1;
    return this.size - 1;
  }

  /** Tells of every phrase in a text that begins with one word. */
  from(text: FoldedText, word: number, seen: (phrase: PhraseSeen) => void): void {
    const { signs, words } = text;
    let node = 0;
    let at = words[word] ?? 0;
    let last = word;
    for (;;) {
      const sign = signs[at] ?? 0;
      if (sign === 0 && this.whole.has(node))
        this.tell(text, this.whole, node, word, last, at, seen);
      if (sign === 0) last += 1;
      node = this.next[node * SIGN_COUNT + sign] ?? 0;
      if (node === 0 || at >= text.length) return;
      at += 1;
      if (this.stems.has(node)) {
        this.tell(text, this.stems, node, word, last, wordEnd(signs, at), seen);
      }
    }
  }

  private tell(
    text: FoldedText,
    ends: ReadonlyMap<number, readonly number[]>,
    node: number,
    word: number,
    lastWord: number,
    endSign: number,
    seen: (phrase: PhraseSeen) => void,
  ): void {
    const first = text.order[word] ?? 0;
    const last = text.order[lastWord] ?? first;
    const start = text.places[text.words[word] ?? 0] ?? 0;
    const end = text.places[endSign] ?? start;
    for (const list of ends.get(node) ?? []) seen({ list, first, last, start, end });
  }
}

function wordEnd(signs: Uint8Array, from: number): number {
  let at = from;
  while ((signs[at] ?? 0) !== 0) at += 1;
  return at;
}
