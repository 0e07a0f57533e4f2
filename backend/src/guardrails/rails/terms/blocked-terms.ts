import type { Finding } from '../local-rails.js';
import { NOTHING, type Scanned, type ScanningDetector } from '../scanning-detector.js';
import { FoldedText, MOST_UNSEEN } from './folded-text.js';
import { isDivider } from './folding.rules.js';
import type { TermTrie } from './term-trie.js';
import { TermWalk } from './term-walk.js';

/** A term in pieces, with repeated letters and what nobody sees, takes so many units a letter. */
const UNITS_A_LETTER = 8;
const LEAST_LONGEST = 64;
const MOST_LONGEST = 1000;

/** Finds the words and phrases of lists, however they are disguised. */
export class BlockedTerms implements ScanningDetector {
  readonly longest: number;
  readonly before: number;
  /** Whether the word ends. */
  readonly after = 1 + MOST_UNSEEN;
  private readonly text = new FoldedText();
  private readonly walk: TermWalk;

  constructor(trie: TermTrie) {
    const units = Math.max(LEAST_LONGEST, trie.longest * UNITS_A_LETTER);
    this.longest = Math.min(MOST_LONGEST, units);
    // What is allowed may begin in front of what it allows.
    this.before = this.longest + MOST_UNSEEN + 2;
    this.walk = new TermWalk(trie.root, this.longest);
  }

  find(text: string): readonly Finding[] {
    return this.scan(text).findings;
  }

  open(text: string): number {
    return this.scan(text).open;
  }

  scan(text: string): Scanned {
    const folded = this.text.read(text);
    let open = text.length;
    let allowedUntil = 0;
    let findings: Finding[] | undefined;
    for (let at = 0; at < folded.length; at += 1) {
      if (isDivider(folded.codes[at] ?? 0) || !TermWalk.begins(folded, at)) continue;
      const { end, ending, isOpen } = this.walk.walk(folded, at);
      const start = folded.starts[at] ?? 0;
      if (isOpen && start < open) open = start;
      if (!ending || end <= allowedUntil) continue;
      if (ending.rule === undefined) allowedUntil = end;
      else {
        findings ??= [];
        const { rule } = ending;
        findings.push({ rail: 'blocked-terms', rule, start, end: folded.ends[end - 1] ?? 0 });
      }
    }
    return { findings: findings ?? NOTHING, open };
  }
}
