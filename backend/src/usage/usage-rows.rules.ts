import type { UsageRow, UsageSums } from './usage-question.js';

const NOTHING: UsageSums = {
  calls: 0,
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  estimatedCalls: 0,
  costNanoUsd: 0,
  unpricedCalls: 0,
};
const SUMS = Object.keys(NOTHING) as (keyof UsageSums)[];
const SORTED_BY = ['day', 'username', 'userId', 'model', 'provider', 'purpose', 'door'] as const;

/** What all rows come to. */
export function totalOf(rows: Iterable<UsageSums>): UsageSums {
  let total = NOTHING;
  for (const row of rows) total = added(total, row);
  return total;
}

/** Rows of several times as rows of all of it. */
export class RowsByKey {
  private readonly byKey = new Map<string, UsageRow>();

  get size(): number {
    return this.byKey.size;
  }

  get rows(): UsageRow[] {
    return [...this.byKey.values()];
  }

  add(row: UsageRow): void {
    const key = JSON.stringify(SORTED_BY.map((part) => row[part]));
    const known = this.byKey.get(key);
    this.byKey.set(key, known ? { ...row, ...added(known, row) } : row);
  }
}

/** By day, then by name: the same order on each engine, whatever its collation. */
export function sorted(rows: readonly UsageRow[]): UsageRow[] {
  return [...rows].sort((one, other) => {
    for (const part of SORTED_BY) {
      const [a, b] = [one[part] ?? '', other[part] ?? ''];
      if (a !== b) return a < b ? -1 : 1;
    }
    return 0;
  });
}

function added(one: UsageSums, other: UsageSums): UsageSums {
  return Object.fromEntries(SUMS.map((name) => [name, one[name] + other[name]])) as Record<
    keyof UsageSums,
    number
  >;
}
