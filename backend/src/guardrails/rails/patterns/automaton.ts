import { type Alphabet, NEIGHBOUR, type Neighbour } from './alphabet.js';
import type { Place } from './pattern-syntax.js';
import type { Program } from './program.js';

/** States that are remembered; past them all are forgotten and made anew as they are needed. */
const MOST_STATES = 3000;

/** Where all patterns are at once, in front of a unit. */
export interface State {
  /** Steps that wait for the next unit, in order. Empty: no match has begun. */
  readonly waiting: readonly number[];
  /** What stands in front of it. */
  readonly before: Neighbour;
  /** Where a unit of each class leads. */
  readonly next: (Move | undefined)[];
}

export interface Move {
  readonly state: State;
  /** Patterns that end in front of the unit. */
  readonly found: readonly number[];
}

const NONE: readonly number[] = [];

/** A machine that is in one state at a time, made of the program's steps as texts need it. */
export class Automaton {
  private states = new Map<string, State>();

  /**
   * @param starts steps at which a match begins.
   * @param isAnchored whether one begins only where the text does.
   */
  constructor(
    private readonly program: Program,
    private readonly alphabet: Alphabet,
    private readonly starts: readonly number[],
    private readonly isAnchored: boolean,
  ) {}

  /** Where no match has begun yet, behind what stands there. */
  fresh(before: Neighbour): State {
    return this.state(this.isAnchored ? this.starts : NONE, before);
  }

  /** What a class of units does in a state. */
  move(state: State, unitClass: number): Move {
    return state.next[unitClass] ?? this.make(state, unitClass);
  }

  /** How many units a match needs at least that is in a state; none is in one that waits for nothing. */
  missing({ waiting }: State): number {
    const { steps } = this.program;
    let level = [...waiting];
    const seen = new Set<number>();
    for (let units = 0; level.length > 0; units += 1) {
      const later: number[] = [];
      for (let number = level.pop(); number !== undefined; number = level.pop()) {
        if (seen.has(number)) continue;
        seen.add(number);
        const step = steps[number];
        if (step?.kind === 'found') return units;
        if (step?.kind === 'unit') later.push(step.next);
        else if (step?.kind === 'fork') level.push(...step.next);
        else if (step?.kind === 'place') level.push(step.next);
      }
      level = later;
    }
    return Infinity;
  }

  private make(state: State, unitClass: number): Move {
    const after = this.alphabet.neighbours[unitClass] ?? NEIGHBOUR.other;
    const { reached, found } = this.reach(state, after);
    const waiting: number[] = [];
    if (unitClass !== this.alphabet.end) {
      for (const number of reached) {
        const step = this.program.steps[number];
        if (step?.kind !== 'unit') continue;
        if (this.alphabet.classesOf.get(number)?.includes(unitClass)) waiting.push(step.next);
      }
    }
    const sorted = [...new Set(waiting)].sort((a, b) => a - b);
    const move: Move = { state: this.state(sorted, after), found };
    state.next[unitClass] = move;
    return move;
  }

  /** All steps that are reached without a unit, between two neighbours. */
  private reach(
    { waiting, before }: State,
    after: Neighbour,
  ): { reached: readonly number[]; found: readonly number[] } {
    const { steps } = this.program;
    const pending = this.isAnchored ? [...waiting] : [...waiting, ...this.starts];
    const seen = new Set<number>();
    const found: number[] = [];
    for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
      if (seen.has(number)) continue;
      seen.add(number);
      const step = steps[number];
      if (step?.kind === 'fork') pending.push(...step.next);
      else if (step?.kind === 'found') found.push(step.pattern);
      else if (step?.kind === 'place' && isAt(step.place, before, after)) pending.push(step.next);
    }
    return { reached: [...seen], found };
  }

  private state(waiting: readonly number[], before: Neighbour): State {
    const key = `${before}:${waiting.join()}`;
    const known = this.states.get(key);
    if (known) return known;
    if (this.states.size >= MOST_STATES) this.forget();
    const state: State = { waiting, before, next: [] };
    this.states.set(key, state);
    return state;
  }

  /** States that a text is in live on with it, but lead nowhere that was known. */
  private forget(): void {
    for (const state of this.states.values()) state.next.length = 0;
    this.states = new Map();
  }
}

/** Whether a place is between two neighbours. */
function isAt(place: Place, before: Neighbour, after: Neighbour): boolean {
  switch (place) {
    case 'text-start':
      return before === NEIGHBOUR.none;
    case 'text-end':
      return after === NEIGHBOUR.none;
    case 'line-start':
      return before === NEIGHBOUR.none || before === NEIGHBOUR.line;
    case 'line-end':
      return after === NEIGHBOUR.none || after === NEIGHBOUR.line;
    case 'word':
      return (before === NEIGHBOUR.word) !== (after === NEIGHBOUR.word);
    case 'no-word':
      return (before === NEIGHBOUR.word) === (after === NEIGHBOUR.word);
  }
}
