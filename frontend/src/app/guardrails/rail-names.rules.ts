/** A rail and how many rules it has. */
export interface RailRules {
  readonly rail: string;
  readonly rules: number;
}

/** Rails in the order in which the screens list them; the language files have a name for each. */
const RAILS = [
  'blocked-terms',
  'disallowed-topics',
  'set-answers',
  'prompt-attacks',
  'personal-data',
  'secrets',
  'links',
  'system-prompt',
  'patterns',
  'self-check',
  'bedrock',
  'topic-judge',
  'topic-embeddings',
];

export const RAIL_NAMES: readonly string[] = RAILS;

/** Key of what a rail is called, null for one that these screens do not know yet. */
export const railKey = (rail: string): string | null =>
  RAILS.includes(rail) ? `guardrails.rail-${rail}` : null;

/** Rails with at least one rule, in order; those that are unknown here come last. */
export function railsOf(rules: Readonly<Record<string, number>>): readonly RailRules[] {
  const place = (rail: string) => (RAILS.includes(rail) ? RAILS.indexOf(rail) : RAILS.length);
  return Object.entries(rules)
    .filter(([, count]) => count > 0)
    .map(([rail, count]) => ({ rail, rules: count }))
    .sort((one, other) => place(one.rail) - place(other.rail));
}
