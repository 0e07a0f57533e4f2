import { describe, expect, it } from '@jest/globals';
import { billedTokens, costOf, usdOf } from './cost.rules.js';

const LIST = { source: 'a list', asOf: '2026-01-01' };

describe(billedTokens.name, () => {
  it('should take counts as they are', () => {
    expect(billedTokens(100, 40, 7)).toEqual({ prompt: 100, cached: 40, completion: 7 });
    expect(billedTokens(100, null, 7).cached).toBe(0);
  });

  it('should bill nothing for what is no count, and no more cached than was read', () => {
    expect(billedTokens(NaN, -3, -1)).toEqual({ prompt: 0, cached: 0, completion: 0 });
    expect(billedTokens(10, 11, 1.4)).toEqual({ prompt: 10, cached: 10, completion: 1 });
    expect(billedTokens(Infinity, 5, 1)).toEqual({ prompt: 0, cached: 0, completion: 1 });
  });
});

describe(costOf.name, () => {
  it('should count in whole nano-dollars, the total being exactly the sum of both sides', () => {
    // 0.00015 + 0.00006 is 0.00020999999999999998 in floating point.
    expect(costOf(0.00015, 0.00006, LIST)).toEqual({
      inputNanoUsd: 150_000,
      outputNanoUsd: 60_000,
      totalNanoUsd: 210_000,
      ...LIST,
    });
    expect(costOf(0.4e-9, 0.5e-9, LIST)).toMatchObject({ inputNanoUsd: 0, totalNanoUsd: 1 });
  });

  it.each([
    [NaN, 0],
    [Infinity, 0],
    [-1, 0],
    [1e10, 0],
  ])('should know no cost where %d and %d are no amounts of money', (input, output) => {
    expect(costOf(input, output, LIST)).toBeNull();
  });
});

describe(usdOf.name, () => {
  it('should keep unknown unknown', () => {
    expect(usdOf(null)).toBeNull();
    expect(usdOf(0)).toBe(0);
    expect(usdOf(210_000)).toBe(0.00021);
  });
});
