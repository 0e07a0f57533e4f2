import type { Rest } from '../detector.js';
import { entropy } from './token-signs.rules.js';

/** Shortest body of a private key (Ed25519), in UTF-16 units. */
const SHORTEST_BODY = 40;
/** So much of a body says whether it is a key's. */
const TELLING_BODY = 64;
/** By here behind its first line a key has shown so much: headers of PGP and OpenSSL are shorter. */
const LONGEST_UNSURE = 1536;
/** What cannot be a word of prose by chance. */
const LONG_WORD = 20;
/** Most between two lines of a key: indents, quotes, line ends of a program. */
const LONGEST_GAP = 128;
/** Longest line `Proc-Type: …` or `Comment: …`. */
const LONGEST_HEADER = 240;
/** Longest name of a header, with its colon. */
const LONGEST_NAME = 36;
const LONGEST_FOOT = 56;

/** Between lines, as files, JSON, quoted mail and programs have it. Bounded parts: linear. */
const GAP = /(?:\\[nrt]|[\s"'`,.;>|*#\\])*/y;
const WORD = /[A-Za-z0-9+/=]*/y;
const HEADER = /[A-Z][A-Za-z-]{1,30}: [^\n\r\\]{0,200}/y;
const FOOT = /-----END [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----/y;
/** Of Markdown: the code with the key ends there. */
const FENCE = '```';
const NEW_LINE = /[\n\r]|\\[nr]/;
const BLANK_LINE = /(?:\r?\n|\\n)[ \t]*(?:\r?\n|\\n)/;
/** Signs of a program that joins lines, or of its comments. */
const JOINS = /^[+/]{1,3}$/;
/** Digits and capitals within tell Base64 from a word. */
const LIKE_BASE64 = /[0-9+/=]|.[A-Z]/;
const ENDS_LINE = /[\n\r"'`,\\-]/;
const EXAMPLE = /example|exemplo|placeholder|redacted/i;

/**
 * Reads a private key behind its first line: lines of Base64 until `-----END …`, or until what
 * cannot belong to it. However it is cut, the end is the same; of what is not decided yet, no more
 * than 300 units wait.
 */
export class KeyBody implements Rest {
  /** Behind the last unit that belongs to the key. */
  end: number;
  isOver = false;
  /** Base64 so far, and the first of it. */
  private length = 0;
  private first = '';
  /** What follows `end`. */
  private pending = '';
  /** Units of it that belong to the key. */
  private taken = 0;
  /** Whether what comes goes on with the word that `end` cut. */
  private isInWord = false;

  /** @param from where the body begins: places are told from there on. */
  constructor(private readonly from: number) {
    this.end = from;
  }

  /** Whether it is a key's, as far as it was read. */
  get holds(): boolean {
    return this.length >= SHORTEST_BODY && entropy(this.first) >= 3 && !EXAMPLE.test(this.first);
  }

  /** Whether that stands, whatever comes. */
  get isSure(): boolean {
    return this.length >= TELLING_BODY && this.holds;
  }

  take(text: string, isWhole: boolean): void {
    if (this.isOver) return;
    this.pending += text;
    let at = this.isInWord ? this.restOfWord(isWhole) : 0;
    while (!this.isOver && !this.isInWord) {
      const next = this.step(at, isWhole);
      if (next === undefined) break;
      at = next;
    }
    if (isWhole) this.isOver = true;
    this.pending = this.isOver ? '' : this.pending.slice(this.taken);
    this.taken = 0;
  }

  private restOfWord(isWhole: boolean): number {
    const end = matchEnd(WORD, this.pending, 0);
    this.count(this.pending.slice(0, end));
    this.isInWord = end === this.pending.length && !isWhole;
    return this.belongs(end);
  }

  /** @returns where to go on; undefined: more has to come, or nothing belongs to the key any more. */
  private step(at: number, isWhole: boolean): number | undefined {
    const { pending } = this;
    const from = matchEnd(GAP, pending, at);
    const isFar = from - this.taken > LONGEST_GAP;
    if (isFar || pending.slice(this.taken, from).includes(FENCE)) return this.over();
    if (from === pending.length) return undefined;
    const left = pending.length - from;
    const isCut = !isWhole && !NEW_LINE.test(pending.slice(from, from + LONGEST_HEADER));
    if (pending[from] === '-') return this.foot(from, isCut && left < LONGEST_FOOT);
    if (this.length === 0) {
      const header = matchEnd(HEADER, pending, from);
      if (isCut && left < (header > from ? LONGEST_HEADER : LONGEST_NAME)) return undefined;
      if (header > from) return this.isLate() ? this.over() : this.belongs(header);
    }
    return this.word(from, isWhole);
  }

  private foot(from: number, mayComeYet: boolean): undefined {
    const end = matchEnd(FOOT, this.pending, from);
    if (end === from && mayComeYet) return;
    if (end > from) this.belongs(end);
    this.over();
  }

  private word(from: number, isWhole: boolean): number | undefined {
    const { pending } = this;
    const end = matchEnd(WORD, pending, from);
    const isOpen = end === pending.length && !isWhole;
    if (end - from < LONG_WORD && isOpen) return undefined;
    const word = pending.slice(from, end);
    if (JOINS.test(word)) return end;
    const gap = pending.slice(this.taken, from);
    if (!isLine(word, gap, pending[end]) || this.isLate()) return this.over();
    this.count(word);
    this.isInWord = isOpen;
    return this.belongs(end);
  }

  /** What looks like no key by now is none. */
  private isLate(): boolean {
    if (this.length >= TELLING_BODY) return !this.holds;
    return this.end - this.from > LONGEST_UNSURE;
  }

  private count(word: string): void {
    if (this.first.length < TELLING_BODY) this.first = (this.first + word).slice(0, TELLING_BODY);
    this.length += word.length;
  }

  private belongs(end: number): number {
    this.end += end - this.taken;
    this.taken = end;
    return end;
  }

  private over(): undefined {
    this.isOver = true;
  }
}

/** Whether a word is a line of a key, or a part of one. */
function isLine(word: string, gap: string, next: string | undefined): boolean {
  if (word.length >= LONG_WORD) return true;
  if (word === '') return false;
  if (LIKE_BASE64.test(word)) return true;
  const endsLine = next === undefined || ENDS_LINE.test(next);
  return endsLine && NEW_LINE.test(gap) && !BLANK_LINE.test(gap);
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
