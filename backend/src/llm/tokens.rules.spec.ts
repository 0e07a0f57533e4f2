import { estimateTokens } from './tokens.rules.js';

describe(estimateTokens.name, () => {
  it('should take 2.7 characters of Latin script for a token', () => {
    expect(estimateTokens('a'.repeat(27))).toBe(10);
    expect(estimateTokens('ação não é vã, já')).toBe(Math.ceil(17 / 2.7));
  });

  it('should count CJK, and what it knows nothing of, one by one', () => {
    expect(estimateTokens('日本語')).toBe(3);
    expect(estimateTokens('😀')).toBe(2);
    expect(estimateTokens('Привет')).toBe(3);
  });

  it('should count digits one by one and signs dearer than letters', () => {
    expect(estimateTokens('123456')).toBe(6);
    expect(estimateTokens('| --- | --- |')).toBeGreaterThan(estimateTokens('abcdefghijklm'));
  });

  it('should count nothing as nothing, and never less for more', () => {
    expect(estimateTokens('')).toBe(0);
    expect(estimateTokens('x')).toBe(1);
  });

  it.each(['palavra e mais ', 'a', '日', '\u0000\uD800'])(
    'should take about a millisecond for 200,000 characters: %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(200_000 / piece.length));
      const times = Array.from({ length: 9 }, () => {
        const started = performance.now();
        estimateTokens(text);
        return performance.now() - started;
      });
      // The goal is 1 ms; a shared machine gets a margin.
      expect(Math.min(...times)).toBeLessThan(3);
    },
  );
});
