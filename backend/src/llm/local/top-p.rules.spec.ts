import { keepNucleus } from './top-p.rules.js';

describe(keepNucleus.name, () => {
  /** Scores of words with these shares. */
  const scores = (...shares: number[]) => Float32Array.from(shares, (share) => Math.log(share));
  const kept = (logits: Float32Array) =>
    [...logits].flatMap((score, token) => (score === -Infinity ? [] : [token]));

  it.each([
    [0.01, [2]],
    [0.5, [2]],
    [0.51, [0, 2]],
    [0.8, [0, 2]],
    [0.81, [0, 2, 3]],
    [1, [0, 1, 2, 3]],
  ])('should keep the likeliest that reach %d', (topP, tokens) => {
    const logits = scores(0.3, 0.08, 0.5, 0.12);
    keepNucleus(logits, topP);
    expect(kept(logits)).toEqual(tokens);
  });

  it('should not change the scores it keeps, however large they are', () => {
    const logits = Float32Array.from([1000, 999, -1000]);
    keepNucleus(logits, 0.9);
    expect([...logits]).toEqual([1000, 999, -Infinity]);
  });
});
