import { describe, expect, it } from '@jest/globals';
import type { Usage } from '#db';
import { receiptOf } from './receipt.rules.js';

const ENDED = new Date('2026-11-21T15:00:01Z');

/** A call that has ended, with what a test says of it. */
const aCall = (id: number, said: Partial<Usage> = {}): Usage => ({
  id,
  runId: 'a'.repeat(32),
  userId: 7,
  username: 'ana',
  conversationId: 1,
  postId: 1,
  purpose: 'answer',
  door: 'web',
  provider: 'openai',
  model: 'openai/gpt-4o-mini',
  promptTokens: 100,
  cachedTokens: 20,
  completionTokens: 10,
  promptEstimate: 99,
  estimated: false,
  outcome: 'done',
  costNanoUsd: 1500,
  priceSource: 'genai-prices',
  priceAsOf: '2026-09-23',
  ttftMs: 300,
  durationMs: 900,
  openedAt: new Date('2026-11-21T15:00:00Z'),
  closedAt: ENDED,
  folded: false,
  ...said,
});

describe(receiptOf.name, () => {
  it('should tell of the call that gave the answer, whatever was called beside it', () => {
    const calls = [
      aCall(3, { purpose: 'title', model: 'openai/small', costNanoUsd: 40 }),
      aCall(2),
      aCall(1, { outcome: 'MODEL.UNAVAILABLE', completionTokens: 0, costNanoUsd: 1000 }),
    ];
    expect(receiptOf(calls, 'https://traces.example/r/1')).toEqual({
      ...{ model: 'openai/gpt-4o-mini', provider: 'openai' },
      ...{ promptTokens: 100, cachedTokens: 20, completionTokens: 10, estimated: false },
      ...{ costUsd: 0.0000015, priceSource: 'genai-prices', priceAsOf: '2026-09-23' },
      ...{ ttftMs: 300, durationMs: 900, calls: 3, totalCostUsd: 0.00000254 },
      traceUrl: 'https://traces.example/r/1',
    });
  });

  it('should tell of the latest answer by number, though ids come as text', () => {
    const ids = ['9', '10', '8'] as unknown as number[];
    const calls = ids.map((id) => aCall(id, { model: `openai/${String(id)}` }));
    expect(receiptOf(calls, null)?.model).toBe('openai/10');
  });

  it.each([
    ['the answer', { costNanoUsd: null, priceSource: null, priceAsOf: null }, {}],
    ['a call that failed', {}, { costNanoUsd: null, outcome: 'interrupted' }],
    ['the title', {}, { costNanoUsd: null, purpose: 'title' as const }],
  ])('should not know the total where the price of %s is unknown', (_, answer, other) => {
    const receipt = receiptOf([aCall(1, other), aCall(2, answer)], null);
    expect(receipt).toMatchObject({ calls: 2, totalCostUsd: null });
    expect(receipt?.costUsd).toBe('costNanoUsd' in answer ? null : 0.0000015);
  });

  it('should say that what costs nothing costs nothing', () => {
    const free = { provider: 'llama', costNanoUsd: 0 };
    expect(receiptOf([aCall(1, free)], null)).toMatchObject({ costUsd: 0, totalCostUsd: 0 });
  });

  it('should not count a call that goes on, and say nothing while the answer does', () => {
    const open = { closedAt: null, outcome: null, costNanoUsd: null };
    expect(receiptOf([aCall(1), aCall(2, open)], null)).toBeNull();
    expect(receiptOf([aCall(1), aCall(2, { ...open, purpose: 'title' })], null)).toMatchObject({
      calls: 1,
      totalCostUsd: 0.0000015,
    });
  });

  it('should say nothing where no model was called, or only for a title', () => {
    expect(receiptOf([], null)).toBeNull();
    expect(receiptOf([aCall(1, { purpose: 'title' })], null)).toBeNull();
  });
});
