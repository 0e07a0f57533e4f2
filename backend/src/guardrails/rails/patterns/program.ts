import { type PointSet, type Range, unitsOf } from './code-points.rules.js';
import { type Expression, type Place, refuse, sizeOf } from './pattern-syntax.js';

/** States that one pattern may take, and all of them together. */
const LARGEST_PATTERN = 1000;
const LARGEST_PROGRAM = 60_000;

/** A step of a machine that runs all patterns side by side (Thompson's construction). */
export type Step =
  | { readonly kind: 'unit'; readonly ranges: readonly Range[]; next: number }
  | { readonly kind: 'fork'; readonly next: number[] }
  | { readonly kind: 'place'; readonly place: Place; next: number }
  | { readonly kind: 'found'; readonly pattern: number };

/** Patterns written as one machine. */
export class Program {
  readonly steps: Step[] = [];
  /** Where each pattern begins. */
  readonly starts: number[] = [];

  /** @throws PatternRefused where it would take too much memory. */
  add(expression: Expression): void {
    const size = sizeOf(expression);
    if (size > LARGEST_PATTERN || this.steps.length + size * 2 > LARGEST_PROGRAM) {
      refuse(
        'is too large once its counted repetitions {n,m} are written out; use smaller numbers, or + and *',
        'fica grande demais com as repetições contadas {n,m} por extenso; use números menores, ou + e *',
      );
    }
    const found = this.put({ kind: 'found', pattern: this.starts.length });
    this.starts.push(this.write(expression, found));
  }

  /** Writes a part that goes on at `next`. @returns where it begins. */
  private write(expression: Expression, next: number): number {
    switch (expression.kind) {
      case 'nothing':
        return next;
      case 'place':
        return this.put({ kind: 'place', place: expression.place, next });
      case 'row':
        return expression.parts.reduceRight((after, part) => this.write(part, after), next);
      case 'choice':
        return this.fork(expression.parts.map((part) => this.write(part, next)));
      case 'set':
        return this.set(expression.set, next);
      case 'repeat':
        return this.repeat(expression, next);
    }
  }

  private repeat(
    { part, least, most }: Extract<Expression, { kind: 'repeat' }>,
    next: number,
  ): number {
    let at = next;
    if (most === Infinity) {
      const loop = this.fork([next]);
      (this.steps[loop] as { next: number[] }).next.unshift(this.write(part, loop));
      at = loop;
    } else {
      for (let times = least; times < most; times += 1)
        at = this.fork([this.write(part, at), next]);
    }
    for (let times = 0; times < least; times += 1) at = this.write(part, at);
    return at;
  }

  private set(set: PointSet, next: number): number {
    return this.fork(
      unitsOf(set).map(({ first, second }) =>
        this.put({
          kind: 'unit',
          ranges: first,
          next: second ? this.put({ kind: 'unit', ranges: second, next }) : next,
        }),
      ),
    );
  }

  private fork(next: number[]): number {
    return this.put({ kind: 'fork', next });
  }

  private put(step: Step): number {
    this.steps.push(step);
    return this.steps.length - 1;
  }
}
