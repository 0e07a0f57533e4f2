import { expect, it } from '@jest/globals';
import { rangeOf } from './relevance.rules.js';

it('should find the first and the last of a few posts and of a million', () => {
  expect(rangeOf(new Set([7, 3, 5]))).toEqual({ from: 3, to: 7 });
  const many = new Set(Array.from({ length: 1_000_000 }, (_, n) => n + 1));
  expect(rangeOf(many)).toEqual({ from: 1, to: 1_000_000 });
});
