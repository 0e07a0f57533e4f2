import type { CallOutcome } from '../../usage/model-call.js';
import type { Bill } from '../billing.js';
import type { Outcome } from './generate.js';

/** A bill as the ledger has it. */
export function ledgeredBill({
  promptTokens,
  cachedTokens,
  completionTokens,
  estimated,
  cost,
}: Bill): Omit<CallOutcome, 'outcome' | 'ttftMs' | 'durationMs'> {
  return {
    promptTokens,
    cachedTokens,
    completionTokens,
    estimated,
    costNanoUsd: cost?.totalNanoUsd ?? null,
    priceSource: cost?.source ?? null,
    priceAsOf: cost?.asOf ?? null,
  };
}

/** How a call ended, as the ledger has it. */
export function ledgered(outcome: Outcome): CallOutcome {
  const { status, errorCode, ttftMs, durationMs } = outcome;
  return { ...ledgeredBill(outcome), outcome: errorCode ?? status, ttftMs, durationMs };
}
