import type { GuardrailUnits } from '../../llm/moderation/guardrail-answer.js';
import type { CallOutcome } from '../../usage/model-call.js';
import { guardrailCost } from './bedrock-price.rules.js';

/** As the ledger names a guardrail of Bedrock. */
export const guardrailName = ({ id, version }: { id: string; version: string }): string =>
  `guardrail/${id}:${version}`;

/**
 * What judging a text took, as the ledger has it.
 * @param units undefined: it was refused or not answered, and not charged as far as is known.
 */
export function guardrailOutcome(
  units: GuardrailUnits | undefined,
  durationMs: number,
): CallOutcome {
  const cost = units ? guardrailCost(units) : null;
  return {
    outcome: units ? 'done' : 'failed',
    promptTokens: null,
    cachedTokens: null,
    completionTokens: null,
    estimated: false,
    costNanoUsd: cost?.totalNanoUsd ?? null,
    priceSource: cost?.source ?? null,
    priceAsOf: cost?.asOf ?? null,
    ttftMs: null,
    durationMs: Math.round(durationMs),
  };
}
