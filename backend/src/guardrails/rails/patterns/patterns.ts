import type { Finding } from '../local-rails.js';
import type { Run, RunningDetector } from '../running-detector.js';
import { Alphabet, NEIGHBOUR, type Neighbour } from './alphabet.js';
import { Automaton, type State } from './automaton.js';
import type { Expression } from './pattern-syntax.js';
import { Program } from './program.js';

/** Longest match, in UTF-16 units: what has not ended by then is judged as it stands. */
export const LONGEST_MATCH = 1000;

/** Of a match that was cut off, so much is looked for, in UTF-16 units. */
const LONGEST_BEGUN = 64;

/** A pattern that was taken apart, and what it is called. */
export interface NamedPattern {
  readonly name: string;
  readonly kind: string;
  readonly expression: Expression;
}

/**
 * Finds patterns in linear time, all of them in one walk. A text falls into stretches between which
 * no match is under way; only a stretch in which one ended is looked at again, for where it began.
 * The first match counts, and of those that begin there the longest.
 */
export class Patterns implements RunningDetector {
  private readonly alphabet: Alphabet;
  private readonly all: Automaton;
  private readonly each: readonly Automaton[];

  /** @throws PatternRefused where they take too much memory. */
  constructor(private readonly patterns: readonly NamedPattern[]) {
    const program = new Program();
    for (const { expression } of patterns) program.add(expression);
    this.alphabet = new Alphabet(program);
    this.all = new Automaton(program, this.alphabet, program.starts, false);
    this.each = program.starts.map((start) => new Automaton(program, this.alphabet, [start], true));
  }

  begin(): Run {
    return new PatternRun(this.all, this.alphabet, this.matchesIn, this.begunIn);
  }

  /** The match that the end of a stretch cuts, and of which less is missing than there. */
  private readonly begunIn: Begun = ({ text, start, before: first }) => {
    const from = Math.max(0, text.length - LONGEST_BEGUN);
    return this.patterns.flatMap(({ name: rule, kind }, number): readonly Finding[] => {
      const automaton = this.each[number];
      let before = from === 0 ? first : this.neighbour(text.charCodeAt(from - 1));
      for (let at = from; automaton && at < text.length; at += 1) {
        const missing = automaton.missing(this.stateBehind(automaton, text, at, before));
        if (missing <= text.length - at) {
          return [{ rail: 'patterns', rule, kind, start: start + at, end: start + text.length }];
        }
        before = this.neighbour(text.charCodeAt(at));
      }
      return [];
    });
  };

  private stateBehind(automaton: Automaton, text: string, from: number, before: Neighbour): State {
    let state = automaton.fresh(before);
    for (let at = from; at < text.length && state.waiting.length > 0; at += 1) {
      ({ state } = automaton.move(state, this.alphabet.classOf[text.charCodeAt(at)] ?? 0));
    }
    return state;
  }

  /** Puts the matches of some patterns in a stretch into `into`. */
  private readonly matchesIn: Resolve = (stretch, ended, into) => {
    for (const [number, last] of ended) {
      const pattern = this.patterns[number];
      const automaton = this.each[number];
      if (!pattern || !automaton) continue;
      const { name: rule, kind } = pattern;
      let before = stretch.before;
      // Behind where it ended last it may have begun, but did not end.
      for (let at = 0; stretch.start + at < last;) {
        const end = this.longest(automaton, stretch, at, before);
        if (end > at) {
          const start = stretch.start + at;
          into.push({ rail: 'patterns', rule, kind, start, end: stretch.start + end });
        }
        const next = Math.max(end, at + 1);
        before = this.neighbour(stretch.text.charCodeAt(next - 1));
        at = next;
      }
    }
  };

  /** Where the longest match ends that begins at a place; 0: none does. */
  private longest(automaton: Automaton, stretch: Stretch, from: number, before: Neighbour): number {
    const { text, after } = stretch;
    let state = automaton.fresh(before);
    let end = 0;
    for (let at = from; at < text.length; at += 1) {
      const move = automaton.move(state, this.alphabet.classOf[text.charCodeAt(at)] ?? 0);
      if (move.found.length > 0) end = at;
      state = move.state;
      if (state.waiting.length === 0) return end;
    }
    return automaton.move(state, after).found.length > 0 ? text.length : end;
  }

  private neighbour(unit: number): Neighbour {
    return this.alphabet.neighbours[this.alphabet.classOf[unit] ?? 0] ?? NEIGHBOUR.other;
  }
}

/** A part of a text within which matches were under way. */
interface Stretch {
  readonly text: string;
  /** Where it begins in the whole. */
  readonly start: number;
  readonly before: Neighbour;
  /** The class of what stands behind it. */
  readonly after: number;
}

/** @param ended patterns that ended in the stretch, and where in the whole they did last. */
type Resolve = (stretch: Stretch, ended: ReadonlyMap<number, number>, into: Finding[]) => void;

type Begun = (stretch: Omit<Stretch, 'after'>) => readonly Finding[];

class PatternRun implements Run {
  private state: State;
  private place = 0;
  /** The stretch that is under way, as far as it came before what comes now. */
  private held = '';
  private start = 0;
  private before: Neighbour = NEIGHBOUR.none;
  private readonly ended = new Map<number, number>();

  constructor(
    private readonly all: Automaton,
    private readonly alphabet: Alphabet,
    private readonly resolve: Resolve,
    private readonly begun: Begun,
  ) {
    this.state = all.fresh(NEIGHBOUR.none);
  }

  take(text: string, isWhole: boolean, into: Finding[]): number {
    const { all, alphabet } = this;
    // Where the stretch begins in `text`; what came before is held.
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unitClass = alphabet.classOf[text.charCodeAt(at)] ?? 0;
      if (this.held.length + at - from >= LONGEST_MATCH) {
        this.cut(text.slice(from, at), unitClass, into);
        from = at;
      }
      const { found, state } = all.move(this.state, unitClass);
      for (const number of found) this.ended.set(number, this.place + at);
      this.state = state;
      if (state.waiting.length > 0) continue;
      if (this.ended.size > 0) this.close(text.slice(from, at + 1), alphabet.end, into);
      this.beginAgain(this.place + at + 1, state.before);
      from = at + 1;
    }
    this.held += text.slice(from);
    this.place += text.length;
    if (!isWhole) return this.start;
    for (const number of all.move(this.state, alphabet.end).found) {
      this.ended.set(number, this.place);
    }
    this.close('', alphabet.end, into);
    return this.place;
  }

  cutOff(): readonly Finding[] {
    const { held: text, start, before } = this;
    return this.begun({ text, start, before });
  }

  /** A stretch that is too long is judged as it stands. */
  private cut(rest: string, after: number, into: Finding[]): void {
    const { before } = this.state;
    const end = this.start + this.held.length + rest.length;
    for (const number of this.all.move(this.state, after).found) this.ended.set(number, end);
    this.close(rest, after, into);
    this.beginAgain(end, before);
    this.state = this.all.fresh(before);
  }

  private close(rest: string, after: number, into: Finding[]): void {
    if (this.ended.size === 0) return;
    const { start, before, held } = this;
    this.resolve({ text: held + rest, start, before, after }, this.ended, into);
    this.ended.clear();
  }

  private beginAgain(start: number, before: Neighbour): void {
    this.start = start;
    this.before = before;
    this.held = '';
  }
}
