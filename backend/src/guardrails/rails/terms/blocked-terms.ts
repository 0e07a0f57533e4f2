import type { Finding } from '../local-rails.js';
import type { Run, RunningDetector } from '../running-detector.js';
import { FoldedText, MOST_UNSEEN } from './folded-text.js';
import { CODE, isDivider } from './folding.rules.js';
import { NOTHING } from '../scanning-detector.js';
import type { TermTrie } from './term-trie.js';
import { lastWord, nearestTerm } from './unfinished-terms.rules.js';
import { TermWalk } from './term-walk.js';

/** A term in pieces, with repeated letters and what nobody sees, takes so many units a letter. */
const UNITS_A_LETTER = 8;
const LEAST_LONGEST = 64;
const MOST_LONGEST = 1000;

/** Finds the words and phrases of lists, however they are disguised. */
export class BlockedTerms implements RunningDetector {
  private readonly text = new FoldedText();
  private readonly walk: TermWalk;
  private readonly longest: number;

  constructor(private readonly trie: TermTrie) {
    const units = Math.max(LEAST_LONGEST, trie.longest * UNITS_A_LETTER);
    this.longest = Math.min(MOST_LONGEST, units);
    this.walk = new TermWalk(trie.root, this.longest);
  }

  begin(): Run {
    // What a walk may take, and as much behind it as tells whether a word ends there.
    return new TermRun(this.text, this.walk, this.longest + MOST_UNSEEN, this.trie);
  }
}

/** Walks from where each word begins, once; a walk that the text cuts begins again with more of it. */
class TermRun implements Run {
  /** From where a walk was cut; empty: none was. */
  private held = '';
  /** Where that is in the whole text. */
  private place = 0;
  /** Codes of the first character held that were walked from: a ligature has several. */
  private walked = 0;
  /** What stands in front of what is held: a code, and how many characters nobody sees. */
  private before: number = CODE.divider;
  private unseen = 0;
  /** What is allowed ends behind so many of the codes held. */
  private allowed = 0;
  /** Where the last finding ends. */
  private covered = -1;

  /**
   * @param text room to fold in, which all runs share.
   * @param reach units behind which a walk is over, whatever comes.
   */
  constructor(
    private readonly text: FoldedText,
    private readonly walk: TermWalk,
    private readonly reach: number,
    private readonly trie: TermTrie,
  ) {}

  take(fresh: string, isWhole: boolean, into: Finding[]): number {
    const text = this.held === '' ? fresh : this.held + fresh;
    const folded = this.text.read(text, this.unseen);
    for (let at = this.walked; at < folded.length; at += 1) {
      if (isDivider(folded.codes[at] ?? 0) || !TermWalk.begins(folded, at, this.before)) continue;
      const { end, ending, isOpen } = this.walk.walk(folded, at);
      const start = folded.starts[at] ?? 0;
      if (isOpen && !isWhole && text.length - start <= this.reach) return this.hold(text, at);
      if (!ending || end <= this.allowed) continue;
      if (ending.rule === undefined) this.allowed = end;
      else this.found(ending.rule, start, folded.ends[end - 1] ?? 0, into);
    }
    this.forget(folded.length);
    this.held = '';
    this.walked = 0;
    this.unseen = folded.unseen;
    this.place += text.length;
    return this.place;
  }

  /** The last word of a term of which the most is there. */
  cutOff(): readonly Finding[] {
    if (this.held === '') return NOTHING;
    const { starts } = this.text.read(this.held);
    const rule = nearestTerm(this.trie, this.text);
    const start = this.place + (starts[lastWord(this.text)] ?? 0);
    const end = this.place + this.held.length;
    return rule === undefined ? NOTHING : [{ rail: 'blocked-terms', rule, start, end }];
  }

  private found(rule: string, start: number, end: number, into: Finding[]): void {
    if (this.place + end <= this.covered) return;
    this.covered = this.place + end;
    into.push({ rail: 'blocked-terms', rule, start: this.place + start, end: this.covered });
  }

  /** Keeps what a walk was cut in. */
  private hold(text: string, at: number): number {
    const { starts } = this.text;
    const start = starts[at] ?? 0;
    let first = at;
    while (first > 0 && starts[first - 1] === start) first -= 1;
    this.forget(first);
    this.walked = at - first;
    this.unseen = 0;
    this.held = start === 0 ? text : text.slice(start);
    this.place += start;
    return this.place;
  }

  /** Codes that no walk begins at any more. */
  private forget(codes: number): void {
    if (codes === 0) return;
    this.before = this.text.codes[codes - 1] ?? CODE.divider;
    this.allowed = Math.max(0, this.allowed - codes);
  }
}
