import type { Encoding } from './encoding.rules.js';

/** Texts to be counted. */
export interface CountOrder {
  readonly id: number;
  readonly encoding: Encoding;
  readonly texts: readonly string[];
}

/** Their tokens, in the same order. */
export interface CountAnswer {
  readonly id: number;
  readonly tokens: readonly number[];
}
