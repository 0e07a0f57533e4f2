import type { FoldedText } from './folded-text.rules.js';
import { PhraseTree, type PhraseSeen } from './phrase-tree.rules.js';
import { finished, type Steps } from '../steps.js';
import type { WordsAt } from './spelled-words.rules.js';

/** A sign of an attack: phrases of some lists that follow one another, and how much it weighs. */
export interface SignalRule {
  readonly id: string;
  /** Points; less than none for what speaks for a harmless text. */
  readonly weight: number;
  /** Phrases; a list that several signals share is the same object. */
  readonly sequence: readonly (readonly string[])[];
  /** Most words between one phrase and the next. */
  readonly within: number;
  /** Whether the phrases may come in any order; only of two. */
  readonly anyOrder: boolean;
}

/** A signal that was found. */
export interface Hit {
  readonly signal: number;
  readonly start: number;
  readonly end: number;
}

/** Shorter words come about by chance where letters are read one after another. */
const SHORTEST_WORD = 3;

/** Words of one step: about a millisecond. */
const WORDS_OF_STEP = 1024;

interface Step {
  readonly path: number;
  readonly step: number;
}

interface Path {
  readonly signal: number;
  readonly steps: number;
  readonly within: number;
}

/** The signals of a policy, made ready. Holds no state of any text. */
export class Signals {
  private readonly tree = new PhraseTree();
  private readonly vocabulary = new PhraseTree();
  private readonly paths: Path[] = [];
  private readonly steps = new Map<number, Step[]>();
  private readonly lists = new Map<readonly string[], number>();
  private readonly words = new Set<string>();

  /** @param rules of a policy. */
  constructor(rules: readonly SignalRule[]) {
    rules.forEach((rule, signal) => {
      this.addPath(rule, signal, rule.sequence);
      if (rule.anyOrder) this.addPath(rule, signal, rule.sequence.toReversed());
    });
  }

  /** The signals in a text, by their end. */
  hits(text: FoldedText): Hit[] {
    return finished(this.finding(text));
  }

  /** The same in steps. */
  *finding(text: FoldedText): Steps<Hit[]> {
    const hits: Hit[] = [];
    const reached = this.paths.map(({ steps }) => new Array<PhraseSeen | undefined>(steps));
    const seen = (phrase: PhraseSeen): void => {
      for (const { path, step } of this.steps.get(phrase.list) ?? []) {
        const done = this.advance(reached[path] ?? [], path, step, phrase);
        if (done) hits.push(done);
      }
    };
    for (let word = 0; word < text.words.length;) {
      const end = Math.min(text.words.length, word + WORDS_OF_STEP);
      for (; word < end; word += 1) this.tree.from(text, word, seen);
      yield;
    }
    return hits;
  }

  /** Tells how many signs each word of a phrase has that begins at a sign. */
  readonly wordsAt: WordsAt = (signs, at, tell) => {
    this.vocabulary.lengthsAt(signs, at, tell);
  };

  private advance(
    reached: (PhraseSeen | undefined)[],
    path: number,
    step: number,
    phrase: PhraseSeen,
  ): Hit | undefined {
    const { signal = 0, steps = 0, within = 0 } = this.paths[path] ?? {};
    const before = step === 0 ? phrase : reached[step - 1];
    if (!before) return undefined;
    const words = phrase.first - before.last - 1;
    if (step > 0 && (words < 0 || words > within)) return undefined;
    reached[step] = { ...phrase, start: before.start };
    return step === steps - 1 ? { signal, start: before.start, end: phrase.end } : undefined;
  }

  private addPath(rule: SignalRule, signal: number, sequence: SignalRule['sequence']): void {
    const path = this.paths.length;
    this.paths.push({ signal, steps: sequence.length, within: rule.within });
    sequence.forEach((phrases, step) => {
      const list = this.listOf(phrases);
      const known = this.steps.get(list) ?? [];
      // The last step first: one phrase is never two steps of a sequence at once.
      this.steps.set(list, [{ path, step }, ...known]);
    });
  }

  private listOf(phrases: readonly string[]): number {
    const known = this.lists.get(phrases);
    if (known !== undefined) return known;
    const list = this.lists.size;
    this.lists.set(phrases, list);
    for (const phrase of phrases) {
      this.tree.add(phrase, list);
      for (const word of phrase.split(/[ *]/)) this.addWord(word);
    }
    return list;
  }

  private addWord(word: string): void {
    if (word.length < SHORTEST_WORD || this.words.has(word)) return;
    this.words.add(word);
    this.vocabulary.add(word, 0);
  }
}
