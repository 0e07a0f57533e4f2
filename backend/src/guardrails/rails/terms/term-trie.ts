import { CODE, isDivider, isLetter } from './folding.rules.js';
import { FoldedText } from './folded-text.js';

/** What a term means where it ends. */
export interface Ending {
  /** Of the policy: the list. Undefined: what is found is allowed. */
  readonly rule: string | undefined;
  /** Whether a longer word that begins so is meant too (`term*`). */
  readonly isPrefix: boolean;
  /** Letters and digits in it. */
  readonly letters: number;
}

/** A place in the tree of terms. */
export interface TermNode {
  readonly next: Map<number, TermNode>;
  /** The code that leads here; 0 at the root. */
  readonly code: number;
  readonly endings: Ending[];
}

/** What stands between the words of a term. */
const GAP = CODE.blank;

const node = (code: number): TermNode => ({ next: new Map(), code, endings: [] });

/** All terms of all lists, walked at once: what it costs does not depend on their number. */
export class TermTrie {
  readonly root = node(0);
  /** Codes in the longest term. */
  longest = 0;

  /** @returns false where the term has neither letter nor digit. */
  add(term: string, rule: string | undefined): boolean {
    const isPrefix = term.endsWith('*');
    const codes = termCodes(isPrefix ? term.slice(0, -1) : term);
    const letters = codes.filter((code) => code !== GAP).length;
    if (letters === 0) return false;
    let at = this.root;
    for (const code of codes) {
      let next = at.next.get(code);
      if (!next) {
        next = node(code);
        at.next.set(code, next);
      }
      at = next;
    }
    at.endings.push({ rule, isPrefix, letters });
    this.longest = Math.max(this.longest, codes.length);
    return true;
  }
}

/** One for all: a list may have thousands of terms, and what was read is taken out at once. */
const FOLDED = new FoldedText();

/** The codes of a term, with one gap between words. Two terms with the same codes are one. */
export function termCodes(term: string): number[] {
  const folded = FOLDED.read(term);
  const codes: number[] = [];
  for (const code of folded.codes.subarray(0, folded.length)) {
    if (!isDivider(code) && (isLetter(code) || code <= CODE.lastDigit)) codes.push(code);
    else if (codes.length > 0 && codes.at(-1) !== GAP) codes.push(GAP);
  }
  if (codes.at(-1) === GAP) codes.pop();
  return codes;
}
