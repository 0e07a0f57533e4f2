import type { InEachLanguage } from '../rule-refused.js';
import { type PointSet, unitsOf } from './code-points.rules.js';

/** Where a text, a line or a word begins or ends. */
export type Place = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'no-word';

/** A pattern, taken apart. */
export type Expression =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'set'; readonly set: PointSet }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'row'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly parts: readonly Expression[] }
  | {
      readonly kind: 'repeat';
      readonly part: Expression;
      readonly least: number;
      /** `Infinity`: as often as it may. */
      readonly most: number;
    };

/** Why a pattern cannot be used. */
export class PatternRefused extends Error {
  constructor(readonly said: InEachLanguage) {
    super(said.en);
    this.name = 'PatternRefused';
  }
}

export const refuse = (en: string, portuguese: string): never => {
  throw new PatternRefused({ en, 'pt-BR': portuguese });
};

/** Whether a pattern may match the empty text, wherever it stands. */
export function mayBeEmpty(expression: Expression): boolean {
  switch (expression.kind) {
    case 'set':
      return false;
    case 'nothing':
    case 'place':
      return true;
    case 'row':
      return expression.parts.every(mayBeEmpty);
    case 'choice':
      return expression.parts.some(mayBeEmpty);
    case 'repeat':
      return expression.least === 0 || mayBeEmpty(expression.part);
  }
}

/** How many states a pattern takes, once its repetitions are written out. */
export function sizeOf(expression: Expression): number {
  switch (expression.kind) {
    case 'set':
      return 1 + unitsOf(expression.set).length * 2;
    case 'nothing':
    case 'place':
      return 1;
    case 'row':
    case 'choice':
      return expression.parts.reduce((sum, part) => sum + sizeOf(part), 1);
    case 'repeat': {
      const times = Number.isFinite(expression.most) ? expression.most : expression.least + 1;
      return 1 + sizeOf(expression.part) * Math.max(1, times);
    }
  }
}
