import type { UsageFigures, UsageRow } from '../api/usage-api';

/** What usage is told apart by. */
export const DIMENSIONS = ['day', 'person', 'model', 'purpose', 'door'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What is measured of it. */
export const MEASURES = ['cost', 'tokens', 'calls'] as const;
export type Measure = (typeof MEASURES)[number];

/** The usage of one person, model, day… */
export interface UsageGroup {
  /** What the server filters by: the person's id, else the name itself. */
  readonly key: string;
  /** What it is called where no language file has a name for it. */
  readonly name: string;
  readonly figures: UsageFigures;
}

const NOTHING: UsageFigures = {
  calls: 0,
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  estimatedCalls: 0,
  costUsd: 0,
  unpricedCalls: 0,
};

export function addUp(rows: readonly UsageFigures[]): UsageFigures {
  return rows.reduce<UsageFigures>(
    (sum, row) => ({
      calls: sum.calls + row.calls,
      promptTokens: sum.promptTokens + row.promptTokens,
      cachedTokens: sum.cachedTokens + row.cachedTokens,
      completionTokens: sum.completionTokens + row.completionTokens,
      estimatedCalls: sum.estimatedCalls + row.estimatedCalls,
      costUsd: (sum.costUsd ?? 0) + (row.costUsd ?? 0),
      unpricedCalls: sum.unpricedCalls + row.unpricedCalls,
    }),
    NOTHING,
  );
}

/** The rows of each person, model, day… added up, in the order in which they first come. */
export function groupsOf(rows: readonly UsageRow[], dimension: Dimension): UsageGroup[] {
  const groups = new Map<string, UsageRow[]>();
  for (const row of rows) {
    const key = keyOf(row, dimension);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, members]) => ({
    key,
    name: members[0] ? nameOf(members[0], dimension) : key,
    figures: addUp(members),
  }));
}

/** What the server filters by to get the rows like this one. */
export function keyOf(row: UsageRow, dimension: Dimension): string {
  return dimension === 'person' ? String(row.userId ?? '') : (row[dimension] ?? '');
}

function nameOf(row: UsageRow, dimension: Dimension): string {
  return dimension === 'person' ? (row.username ?? '') : (row[dimension] ?? '');
}

export function measureOf(figures: UsageFigures, measure: Measure): number {
  switch (measure) {
    case 'cost':
      return figures.costUsd ?? 0;
    case 'tokens':
      return figures.promptTokens + figures.completionTokens;
    case 'calls':
      return figures.calls;
  }
}

/**
 * How much is known of a cost: all of it, at least what is shown (some calls have no price), or
 * nothing. Unknown is never 0.
 */
export type CostKnowledge = 'exact' | 'atLeast' | 'unknown';

export function costKnowledge({ calls, costUsd, unpricedCalls }: UsageFigures): CostKnowledge {
  if (unpricedCalls === 0) return 'exact';
  return costUsd === null || unpricedCalls >= calls ? 'unknown' : 'atLeast';
}
