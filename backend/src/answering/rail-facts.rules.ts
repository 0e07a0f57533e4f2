import type { RailHit } from '../guardrails/judged-text.rules.js';

/** What a trace tells of what rails found: never the text. */
export const railFacts = (hits: readonly RailHit[]): Record<string, string> =>
  hits.length === 0
    ? {}
    : { rails: hits.map(({ rail, rule, action }) => `${rail}/${rule}: ${action}`).join(', ') };
