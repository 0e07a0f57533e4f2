import type { Range } from './code-points.rules.js';
import { wordSigns } from './escapes.rules.js';
import type { Program } from './program.js';

/** What a unit is to the places that patterns name. */
export const NEIGHBOUR = { none: 0, word: 1, line: 2, other: 3 } as const;
export type Neighbour = (typeof NEIGHBOUR)[keyof typeof NEIGHBOUR];

const UNITS = 0x10000;
const LINE_END = 10;

/** Units that no pattern tells apart, in classes: a table for each class is small. */
export class Alphabet {
  readonly classOf = new Uint16Array(UNITS);
  /** What the units of each class are to a place. */
  readonly neighbours: Neighbour[] = [];
  /** The classes within each step's ranges, by the step's number. */
  readonly classesOf = new Map<number, readonly number[]>();
  /** Stands for the end of the text, behind all classes. */
  readonly end: number;

  constructor(program: Program) {
    const words = wordSigns().filter(({ from }) => from < UNITS);
    const limits = new Set([0, LINE_END, LINE_END + 1, UNITS]);
    const mark = ({ from, to }: Range): void => {
      limits.add(from);
      limits.add(Math.min(to + 1, UNITS));
    };
    words.forEach(mark);
    for (const step of program.steps) if (step.kind === 'unit') step.ranges.forEach(mark);
    const sorted = [...limits].sort((a, b) => a - b);
    this.end = this.classify(program, sorted, words);
  }

  /** Pieces of the units that the same steps take are one class. */
  private classify(program: Program, limits: readonly number[], words: readonly Range[]): number {
    const takenBy: number[][] = limits.map(() => []);
    const pieceAt = new Map(limits.map((limit, piece) => [limit, piece]));
    program.steps.forEach((step, number) => {
      if (step.kind !== 'unit') return;
      for (const { from, to } of step.ranges) {
        const last = pieceAt.get(Math.min(to + 1, UNITS)) ?? 0;
        for (let piece = pieceAt.get(from) ?? 0; piece < last; piece += 1)
          takenBy[piece]?.push(number);
      }
    });
    const isWord = new Uint8Array(UNITS);
    for (const { from, to } of words) isWord.fill(1, from, Math.min(to + 1, UNITS));
    const known = new Map<string, number>();
    const stepClasses = new Map<number, Set<number>>();
    for (let piece = 0; piece + 1 < limits.length; piece += 1) {
      const from = limits[piece] ?? 0;
      const neighbour =
        from === LINE_END ? NEIGHBOUR.line : isWord[from] ? NEIGHBOUR.word : NEIGHBOUR.other;
      const key = `${neighbour} ${takenBy[piece]?.join() ?? ''}`;
      let number = known.get(key);
      if (number === undefined) {
        number = this.neighbours.length;
        known.set(key, number);
        this.neighbours.push(neighbour);
        for (const step of takenBy[piece] ?? []) {
          const classes = stepClasses.get(step) ?? new Set<number>();
          stepClasses.set(step, classes.add(number));
        }
      }
      this.classOf.fill(number, from, limits[piece + 1]);
    }
    for (const [step, classes] of stepClasses) this.classesOf.set(step, [...classes]);
    this.neighbours.push(NEIGHBOUR.none);
    return this.neighbours.length - 1;
  }
}
