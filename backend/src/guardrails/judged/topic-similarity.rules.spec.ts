import { describe, expect, it } from '@jest/globals';
import { piecesOf } from './pieces.rules.js';
import { pieceSizeFor, topicsOf, usualSimilarity } from './topic-similarity.rules.js';

/** A vector of length 1 at an angle, in degrees. */
const at = (degrees: number): Float32Array => {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
};
const TOPIC = {
  name: 'investimentos',
  similarity: undefined,
  examples: [at(0), at(10)],
  counterexamples: [at(60)],
};

describe(topicsOf, () => {
  it.each([
    [[20], ['investimentos']],
    [[34], ['investimentos']],
    [[36], []],
    [[90], []],
    [[180, 20, 180], ['investimentos']],
  ])('should judge pieces at %j by the nearest example', (angles, topics) => {
    // 60° is the cosine 0.5; past 35° the counterexample is nearer.
    expect(topicsOf(angles.map(at), [TOPIC], 0.5)).toEqual(topics);
  });

  it("should go by the topic's own threshold, where it has one", () => {
    expect(topicsOf([at(20)], [{ ...TOPIC, similarity: 0.99 }], 0.5)).toEqual([]);
    expect(topicsOf([at(-40)], [TOPIC], 0.8)).toEqual([]);
    expect(topicsOf([at(-40)], [{ ...TOPIC, similarity: 0.7 }], 0.8)).toEqual(['investimentos']);
  });

  it('should need no counterexample', () => {
    expect(topicsOf([at(0)], [{ ...TOPIC, counterexamples: [] }], 0.5)).toHaveLength(1);
  });
});

describe(usualSimilarity, () => {
  it.each([
    ['openai/text-embedding-3-small', 0.53],
    ['bedrock/amazon.titan-embed-text-v2:0', 0.53],
    ['openai/text-embedding-ada-002', 0.88],
    ['local/multilingual-e5-small', 0.88],
    ['openai/bge-m3', 0.8],
    ['local/all-MiniLM-L6-v2', 0.67],
  ])('should be on the scale of %s', (model, similarity) => {
    expect(usualSimilarity(model)).toBe(similarity);
  });
});

describe(pieceSizeFor, () => {
  it.each([10, 500, 5000, 51_000, 200_000])(
    'should leave out nothing of %i characters',
    (length) => {
      const text = '😀'.repeat(length / 2);
      const pieces = piecesOf(text, pieceSizeFor(text));
      expect(pieces.length).toBeLessThanOrEqual(128);
      expect(Math.max(...pieces.map((piece) => piece.text.length))).toBeLessThanOrEqual(2000);
      expect((pieces.at(-1)?.start ?? 0) + (pieces.at(-1)?.text.length ?? 0)).toBe(length);
    },
  );

  it('should keep short what is short', () => {
    expect(pieceSizeFor('x'.repeat(20_000)).longest).toBe(500);
  });
});
