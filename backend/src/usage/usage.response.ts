import { usdOf } from '../llm/cost.rules.js';
import { dateOf } from '../platform/civil-days.rules.js';
import type { UsageRow, UsageSums } from './usage-question.js';
import type { UsageRowView, UsageTotal } from './usage.schema.js';

/** Sums as they are shown. */
export function toTotal(sums: UsageSums): UsageTotal {
  const { calls, promptTokens, cachedTokens, completionTokens } = sums;
  return {
    ...{ calls, promptTokens, cachedTokens, completionTokens },
    estimatedCalls: sums.estimatedCalls,
    costUsd: usdOf(knownCost(sums)),
    unpricedCalls: sums.unpricedCalls,
  };
}

export function toRowView(row: UsageRow): UsageRowView {
  const { day, userId, username, model, provider, purpose, door } = row;
  return {
    ...(day === undefined ? {} : { day: dateOf(day) }),
    ...{ userId, username, model, provider, purpose, door },
    ...toTotal(row),
  };
}

/** Nano-dollars; null where there are calls and the price of none is known. */
export function knownCost({ calls, unpricedCalls, costNanoUsd }: UsageSums): number | null {
  return calls > 0 && unpricedCalls === calls ? null : costNanoUsd;
}
