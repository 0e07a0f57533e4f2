import { type Cost, costOf } from '../../llm/cost.rules.js';
import type { GuardrailUnits } from '../../llm/moderation/guardrail-answer.js';

/**
 * Dollars for 1,000 text units, each up to 1,000 characters: "Amazon Bedrock pricing", Guardrails, as
 * others quoted it in 2026; grounding is the least sure of them. Words and own patterns are free.
 */
const USD: Readonly<Record<keyof GuardrailUnits, number>> = {
  topic: 0.15,
  content: 0.15,
  word: 0,
  personalData: 0.1,
  grounding: 0.1,
};
/** Of the year, since those who quote the list name no day. */
const LIST = { source: 'Amazon Bedrock pricing, second-hand', asOf: '2026-01-01' };
const UNITS = 1000;

/** What judging a text cost. */
export const guardrailCost = (units: GuardrailUnits): Cost | null =>
  costOf(
    (Object.keys(USD) as (keyof GuardrailUnits)[]).reduce(
      (sum, policy) => sum + (units[policy] * USD[policy]) / UNITS,
      0,
    ),
    0,
    LIST,
  );
