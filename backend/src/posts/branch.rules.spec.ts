import { describe, expect, it } from '@jest/globals';
import { newestBelow } from './branch.rules.js';

/** 1 ── 2 ── 4 ── 6, 2 ── 5, 1 ── 3 ── 7, 8 is another beginning. */
const TREE = [
  ...[
    [1, null],
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 2],
    [6, 4],
    [7, 3],
    [8, null],
  ],
] as const;
const rowsFrom = (from: number) =>
  TREE.filter(([id]) => id >= from).map(([id, parentId]) => ({ id, parentId }));

describe(newestBelow.name, () => {
  it.each([
    [1, 7],
    [2, 6],
    [3, 7],
    [4, 6],
    [5, 5],
    [8, 8],
  ])('should go from %i down to %i', (post, leaf) => {
    expect(newestBelow(rowsFrom(post), post)).toBe(leaf);
  });

  it('should be nothing for a post that is not there', () => {
    expect(newestBelow([], 1)).toBeNull();
    expect(newestBelow(rowsFrom(4), 3)).toBeNull();
  });
});
