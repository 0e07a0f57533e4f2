import type { UsageRow } from '../api/usage-api';
import type { Day } from './day.rules';
import { keyOf, measureOf, type Dimension, type Measure } from './usage-rows.rules';

/** More than these cannot be told apart in one chart: the rest is added up as one. */
export const MOST_SERIES = 6;

/** Stands for everything beyond the largest series. */
export const OTHERS = ' others';

/** One colour of a stacked chart: an amount for each day. */
export interface Series {
  /** Key of the person, model… or OTHERS. */
  readonly key: string;
  readonly values: readonly number[];
  readonly total: number;
}

/**
 * The rows by day as series over `days`, the largest first. Days without rows are 0; rows of other
 * days are left out. One series for all where `dimension` is the day itself.
 */
export function seriesOf(
  rows: readonly UsageRow[],
  days: readonly Day[],
  dimension: Dimension,
  measure: Measure,
): Series[] {
  const place = new Map(days.map((day, i) => [day, i]));
  const amounts = new Map<string, number[]>();
  for (const row of rows) {
    const at = place.get(row.day ?? '');
    if (at === undefined) continue;
    const key = dimension === 'day' ? '' : keyOf(row, dimension);
    const values = amounts.get(key) ?? days.map(() => 0);
    values[at] = (values[at] ?? 0) + measureOf(row, measure);
    amounts.set(key, values);
  }
  const all = [...amounts].map(([key, values]) => ({ key, values, total: sum(values) }));
  all.sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1));
  return withOthers(all.filter(({ total }) => total > 0));
}

function withOthers(all: readonly Series[]): Series[] {
  if (all.length <= MOST_SERIES) return [...all];
  const rest = all.slice(MOST_SERIES - 1);
  const values = rest[0]?.values.map((_, i) => sum(rest.map((series) => series.values[i] ?? 0)));
  return [
    ...all.slice(0, MOST_SERIES - 1),
    { key: OTHERS, values: values ?? [], total: sum(values ?? []) },
  ];
}

/** What stands at the top of each bar. */
export const totalsOf = (series: readonly Series[], days: readonly Day[]): number[] =>
  days.map((_, i) => sum(series.map(({ values }) => values[i] ?? 0)));

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
