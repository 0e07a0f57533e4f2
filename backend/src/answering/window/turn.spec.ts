import { expect, it } from '@jest/globals';
import { isAmong, placeOf } from './turn.js';

const BRANCH = [19, 12, 7, 3];

it('should find where a post stands on a branch, and where it would', () => {
  const places = [25, 19, 13, 12, 7, 4, 3, 1].map((id) => placeOf(BRANCH, id));
  expect(places).toEqual([0, 0, 1, 1, 2, 3, 3, 4]);
  expect(placeOf([], 1)).toBe(0);
});

it('should tell a post of a branch from one beside it', () => {
  expect([25, 19, 13, 7, 3, 1].filter((id) => isAmong(BRANCH, id))).toEqual([19, 7, 3]);
});
