import { describe, expect, it } from '@jest/globals';
import { leafToShow } from './branch.rules.js';

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
/** @param left the posts that were left, the first of them first. */
const rowsFrom = (from: number, left: readonly number[] = []) =>
  TREE.filter(([id]) => id >= from).map(([id, parentId]) => ({
    ...{ id, parentId },
    leftAt: left.includes(id) ? new Date(left.indexOf(id)) : null,
  }));

describe(leafToShow.name, () => {
  it.each([
    [1, 7],
    [2, 6],
    [3, 7],
    [4, 6],
    [5, 5],
    [8, 8],
  ])('should go from %i down to the newest, %i, where nothing was looked at', (post, leaf) => {
    expect(leafToShow(rowsFrom(post), post, null)).toBe(leaf);
  });

  it('should go down to what was looked at last, however much is newer', () => {
    expect(leafToShow(rowsFrom(1, [7, 6, 5]), 1, 8)).toBe(5);
    expect(leafToShow(rowsFrom(1, [5, 7, 6]), 1, 8)).toBe(6);
    expect(leafToShow(rowsFrom(2, [5]), 2, 8)).toBe(5);
  });

  it('should stay at the leaf that is shown', () => {
    expect(leafToShow(rowsFrom(1, [5, 6, 7]), 1, 6)).toBe(6);
    expect(leafToShow(rowsFrom(1, [5, 6, 7]), 1, 5)).toBe(5);
  });

  it('should not end at a post that was answered on since it was left', () => {
    expect(leafToShow(rowsFrom(2, [5, 4]), 2, 8)).toBe(5);
    expect(leafToShow(rowsFrom(2, [4]), 2, 8)).toBe(6);
  });

  it('should be nothing for a post that is not there', () => {
    expect(leafToShow([], 1, 1)).toBeNull();
    expect(leafToShow(rowsFrom(4), 3, 4)).toBeNull();
  });
});
