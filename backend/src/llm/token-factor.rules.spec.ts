import {
  cautiousFactor,
  type LearnedFactor,
  learned,
  likelyTokens,
  NOTHING_LEARNED,
} from './token-factor.rules.js';

/** What is known after calls with those ratios of counted to estimated tokens. */
const after = (ratios: readonly number[], before: LearnedFactor = NOTHING_LEARNED) =>
  ratios.reduce(
    (factor, ratio) => learned(factor, { estimated: 1000, counted: 1000 * ratio }),
    before,
  );

describe(learned.name, () => {
  it('should believe the first count', () => {
    expect(after([0.7]).usual).toBeCloseTo(0.7);
  });

  it('should come to the mean of what differs, half and double being equally far', () => {
    expect(after([1, 1.3, 0.8, 1.3, 1]).usual).toBeCloseTo(Math.pow(1.3 * 1.3 * 0.8, 1 / 5));
  });

  it('should know a change at the provider after some dozen calls', () => {
    const changed = after(Array<number>(48).fill(1.2), after(Array<number>(200).fill(0.7)));
    expect(changed.usual).toBeGreaterThan(1.15);
    expect(changed.usual).toBeLessThanOrEqual(1.2);
  });

  it('should be moved little by one count that cannot be right', () => {
    const known = after(Array<number>(50).fill(0.8));
    expect(after([500], known).usual).toBeLessThan(0.85);
    expect(after([0.001], known).usual).toBeGreaterThan(0.75);
  });

  it('should stay within bounds whatever is counted', () => {
    for (const ratio of [1e-9, 1e9, 0.0001, 70_000]) {
      const { usual, high } = after(Array<number>(500).fill(ratio));
      expect(usual).toBeGreaterThanOrEqual(0.25);
      expect(usual).toBeLessThanOrEqual(4);
      expect(high).toBeLessThanOrEqual(4);
    }
  });

  it.each([
    ['nothing was estimated', 0, 10],
    ['nothing was counted', 100, 0],
    ['the prompt is mostly the marks around it', 8, 30],
    ['a count is no number', Number.NaN, 10],
    ['a count is endless', 100, Infinity],
    ['a count is negative', 100, -5],
  ])('should learn nothing where %s', (_, estimated, counted) => {
    const known = after([0.9, 0.8]);
    expect(learned(known, { estimated, counted })).toEqual(known);
  });
});

describe(likelyTokens.name, () => {
  it('should come within 2 % of a provider that counts otherwise by a third', () => {
    const factor = after([0.66, 0.68, 0.65, 0.67, 0.66, 0.64, 0.67]);
    expect(likelyTokens(factor, 5000)).toBeGreaterThan(5000 * 0.66 * 0.98);
    expect(likelyTokens(factor, 5000)).toBeLessThan(5000 * 0.66 * 1.02);
  });

  it('should leave the estimate as it is while nothing was learned', () => {
    expect(likelyTokens(NOTHING_LEARNED, 1234)).toBe(1234);
  });
});

describe(cautiousFactor.name, () => {
  it('should never let more into a window than the estimate does', () => {
    expect(cautiousFactor(after([0.5, 0.5, 0.5]))).toBe(1);
  });

  it('should keep room for the texts that were underestimated lately', () => {
    const factor = after([0.9, 0.9, 1.3, 0.9, 0.9, 0.9]);
    expect(cautiousFactor(factor)).toBeGreaterThan(1.05);
    expect(factor.usual).toBeLessThan(1);
  });

  it('should rise to what is counted within a few calls', () => {
    expect(cautiousFactor(after(Array<number>(4).fill(1.45), after([1])))).toBeGreaterThan(1.38);
  });
});
