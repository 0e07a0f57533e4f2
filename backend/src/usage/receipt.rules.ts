import type { Usage } from '#db';
import { usdOf } from '../llm/cost.rules.js';
import type { Receipt } from './receipt.schema.js';

/** The call that gave a post its answer, or was the last to try; undefined while it goes on. */
export function answeringCall(calls: readonly Usage[]): Usage | undefined {
  const answers = calls.filter(({ purpose }) => purpose === 'answer');
  // Drivers hand 64-bit ids over as numbers or as text.
  const last = answers.sort((a, b) => Number(a.id) - Number(b.id)).at(-1);
  return last && last.closedAt !== null ? last : undefined;
}

/**
 * The receipt of a post.
 * @param calls every call of its runs, in any order.
 * @returns null where no model was called for an answer, or one is being called.
 */
export function receiptOf(calls: readonly Usage[], traceUrl: string | null): Receipt | null {
  const answer = answeringCall(calls);
  if (!answer) return null;
  const ended = calls.filter(({ closedAt }) => closedAt !== null);
  return {
    model: answer.model,
    provider: answer.provider,
    promptTokens: answer.promptTokens,
    cachedTokens: answer.cachedTokens,
    completionTokens: answer.completionTokens,
    estimated: answer.estimated,
    costUsd: usdOf(answer.costNanoUsd),
    priceSource: answer.priceSource,
    priceAsOf: answer.priceAsOf,
    ttftMs: answer.ttftMs,
    durationMs: answer.durationMs,
    calls: ended.length,
    totalCostUsd: usdOf(totalOf(ended)),
    traceUrl,
  };
}

/** What is unknown of one is unknown of all: it may be the dearest. */
function totalOf(calls: readonly Usage[]): number | null {
  let total = 0;
  for (const { costNanoUsd } of calls) {
    if (costNanoUsd === null) return null;
    total += costNanoUsd;
  }
  return total;
}
