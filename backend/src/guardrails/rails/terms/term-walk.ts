import type { FoldedText } from './folded-text.js';
import { CODE, isDigit, isDivider, isLetter, isSymbol, standIns } from './folding.rules.js';
import type { Ending, TermNode } from './term-trie.js';

/** The walk has used a stand-in; a letter was repeated and must be once more; it is in pieces. */
const REPEATED = 1;
const JOINED = 2;

/** Shorter terms are only found as they are written: in pieces or with digits they may be anything. */
const SHORTEST_JOINED = 5;
const SHORTEST_DISGUISED = 4;
/** Dividers between two words of a term, or between letters that stand apart. */
const MOST_DIVIDERS = 3;
const MOST_APART = 2;
/** A natural word has no letter three times. */
const UNNATURAL_RUN = 3;

/** Where a walk ended, and what it found. */
export interface Walked {
  /** Behind the last code of the longest term; 0: none. */
  end: number;
  ending: Ending | undefined;
  /** The text ended before the walk did. */
  isOpen: boolean;
}

/** Reusable lists of the places that a walk is at. */
interface Places {
  nodes: TermNode[];
  flags: number[];
  /** Letters that were written otherwise. */
  disguised: number[];
  dividers: number[];
  size: number;
}

const places = (): Places => ({ nodes: [], flags: [], disguised: [], dividers: [], size: 0 });

function put(into: Places, at: TermNode, flags: number, disguised: number, dividers: number): void {
  for (let place = 0; place < into.size; place += 1) {
    if (into.nodes[place] !== at || into.flags[place] !== flags) continue;
    if (disguised < (into.disguised[place] ?? 0)) into.disguised[place] = disguised;
    return;
  }
  into.nodes[into.size] = at;
  into.flags[into.size] = flags;
  into.disguised[into.size] = disguised;
  into.dividers[into.size] = dividers;
  into.size += 1;
}

/** Walks the tree of terms from where a word begins. One is made for each policy and used again. */
export class TermWalk {
  private from = places();
  private to = places();
  private readonly walked: Walked = { end: 0, ending: undefined, isOpen: false };

  /** @param longest units that a walk may take. */
  constructor(
    private readonly root: TermNode,
    private readonly longest: number,
  ) {}

  /**
   * Whether a word may begin at a code. Of many equal signs in a row, at the first.
   * @param first the code in front of the text.
   */
  static begins({ codes, length }: FoldedText, at: number, first: number): boolean {
    const code = codes[at] ?? 0;
    const before = at === 0 ? first : (codes[at - 1] ?? 0);
    if (isLetter(before) || isDigit(before) || (before === code && isSymbol(code))) return false;
    // A digit or a sign on its own begins nothing.
    return isLetter(code) || at + 1 === length || !isDivider(codes[at + 1] ?? 0);
  }

  /** The longest term that begins at a code; what it returns is used again by the next walk. */
  walk(text: FoldedText, start: number): Walked {
    const { walked } = this;
    walked.end = 0;
    walked.ending = undefined;
    walked.isOpen = false;
    const { codes, length } = text;
    if (this.isPlain(text, start)) return walked;
    this.from.size = 0;
    put(this.from, this.root, 0, 0, 0);
    const last = this.lastOf(text, start);
    let run = 0;
    let at = start;
    for (; this.from.size > 0 && at < length && (text.ends[at] ?? 0) <= last; at += 1) {
      const code = codes[at] ?? 0;
      run = at > start && codes[at - 1] === code ? run + 1 : 1;
      this.step(text, at, code, run, at === start);
      [this.from, this.to] = [this.to, this.from];
      this.accept(text, at + 1, start);
    }
    if (at === length && this.from.size > 0) walked.isOpen = true;
    this.walkApart(text, start);
    return walked;
  }

  /**
   * Most words are letters that lead to no term: whether this is one, or the beginning of one,
   * which then is open.
   */
  private isPlain({ codes, ends, length, starts }: FoldedText, start: number): boolean {
    const last = this.lastOf({ starts }, start);
    let node = this.root;
    for (let at = start; at < length; at += 1) {
      const code = codes[at] ?? 0;
      // A letter twice may stand for one.
      if (!isLetter(code) || code === node.code || (ends[at] ?? 0) > last) return false;
      const next = node.next.get(code);
      if (!next) return true;
      if (next.endings.length > 0) return false;
      node = next;
    }
    this.walked.isOpen = true;
    return true;
  }

  private step(text: FoldedText, at: number, code: number, run: number, isFirst: boolean): void {
    const { from, to } = this;
    to.size = 0;
    for (let place = 0; place < from.size; place += 1) {
      const node = from.nodes[place] ?? this.root;
      const flags = from.flags[place] ?? 0;
      const disguised = from.disguised[place] ?? 0;
      if (isDivider(code)) {
        this.divide(text, at, code, place);
        continue;
      }
      const next = flags & REPEATED ? undefined : node.next.get(code);
      if (next) put(to, next, flags, disguised, 0);
      const isSame = node.code === code || (run > 1 && standIns(code).includes(node.code));
      if (isSame && !isFirst && run > 1) {
        const kept = flags & ~REPEATED;
        put(to, node, run >= UNNATURAL_RUN ? kept : kept | REPEATED, disguised, 0);
      }
      if (flags & REPEATED || isLetter(code)) continue;
      for (const letter of standIns(code)) {
        const meant = node.next.get(letter);
        if (meant) put(to, meant, flags, disguised + 1, 0);
      }
      if (isSymbol(code)) this.divide(text, at, code, place);
    }
  }

  /** A gap between two words of a term, or something put into a word to hide it. */
  private divide(text: FoldedText, at: number, code: number, place: number): void {
    const { from, to } = this;
    const node = from.nodes[place] ?? this.root;
    const flags = from.flags[place] ?? 0;
    const disguised = from.disguised[place] ?? 0;
    const dividers = (from.dividers[place] ?? 0) + 1;
    if (flags & REPEATED || node === this.root) return;
    if (node.code === CODE.blank && dividers > 1 && dividers <= MOST_DIVIDERS) {
      put(to, node, flags, disguised, dividers);
    }
    const gap = node.next.get(CODE.blank);
    if (gap) put(to, gap, flags, disguised, 1);
    const before = text.codes[at - 1] ?? 0;
    const after = at + 1 < text.length ? (text.codes[at + 1] ?? 0) : CODE.firstLetter;
    if (code === CODE.joiner && !isDivider(before) && !isDivider(after)) {
      put(to, node, flags | JOINED, disguised, 0);
    }
  }

  /** Takes note of a term that ends in front of a code. */
  private accept(text: FoldedText, end: number, start: number): void {
    const { from } = this;
    // What a joiner leads to ended in front of it.
    if (isDivider(text.codes[end - 1] ?? 0)) return;
    for (let place = 0; place < from.size; place += 1) {
      const flags = from.flags[place] ?? 0;
      if (flags & REPEATED) continue;
      for (const ending of from.nodes[place]?.endings ?? []) {
        if (!this.counts(ending, flags, from.disguised[place] ?? 0)) continue;
        const reach = ending.isPrefix ? this.wordEnd(text, end, start) : end;
        if (this.isBoundary(text, reach, ending)) this.found(reach, ending);
      }
    }
  }

  private found(end: number, ending: Ending): void {
    const { walked } = this;
    const isBetter = end > walked.end || (end === walked.end && ending.rule === undefined);
    if (!isBetter) return;
    walked.end = end;
    walked.ending = ending;
  }

  private counts({ letters }: Ending, flags: number, disguised: number): boolean {
    if (flags & JOINED && letters < SHORTEST_JOINED) return false;
    return disguised === 0 || (letters >= SHORTEST_DISGUISED && disguised * 2 <= letters);
  }

  private isBoundary({ codes, length }: FoldedText, end: number, { letters }: Ending): boolean {
    if (end >= length) return true;
    const code = codes[end] ?? 0;
    return !isLetter(code) && (letters >= SHORTEST_DISGUISED || !isDigit(code));
  }

  /** Where the word ends that goes on at a code; of endless ones, where the walk must. */
  private wordEnd(
    { codes, starts, ends, length }: FoldedText,
    from: number,
    start: number,
  ): number {
    const last = this.lastOf({ starts }, start);
    let end = from;
    while (end < length && isLetter(codes[end] ?? 0) && (ends[end] ?? 0) <= last) end += 1;
    if (end === length) this.walked.isOpen = true;
    return end;
  }

  /** Behind the last unit that a walk may take. */
  private lastOf({ starts }: Pick<FoldedText, 'starts'>, start: number): number {
    return (starts[start] ?? 0) + this.longest;
  }

  /** Letters that stand apart, each a word of its own: `b.o m b a`. */
  private walkApart(text: FoldedText, start: number): void {
    const { codes, ends, length } = text;
    const last = this.lastOf(text, start);
    let node = this.root;
    let at = start;
    for (;;) {
      const next = node.next.get(codes[at] ?? 0);
      if (!next || (ends[at] ?? 0) > last) return;
      node = next;
      at += 1;
      if (at === length || isDivider(codes[at] ?? 0)) this.acceptApart(node, at);
      else return;
      let dividers = 0;
      while (at < length && isDivider(codes[at] ?? 0)) {
        if (codes[at] === CODE.lineBreak || dividers === MOST_APART) return;
        dividers += 1;
        at += 1;
      }
      if (at === length) {
        this.walked.isOpen = true;
        return;
      }
    }
  }

  private acceptApart(node: TermNode, end: number): void {
    for (const ending of node.endings) {
      if (ending.letters >= SHORTEST_DISGUISED && end > this.walked.end) this.found(end, ending);
    }
  }
}
