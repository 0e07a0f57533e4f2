import type { Day } from './day.rules';
import { totalsOf, type Series } from './series.rules';

/** `by` is `day`, `total`, or `series:` and the key of one. */
export interface NumbersOrder {
  readonly by: string;
  readonly down: boolean;
}

export interface NumbersRow {
  readonly day: Day;
  /** Of each series, then of all; of one series its own alone. */
  readonly values: readonly number[];
}

/** The days on which there was something, as a table shows them. */
export function numbersOf(
  series: readonly Series[],
  days: readonly Day[],
  { by, down }: NumbersOrder,
): NumbersRow[] {
  const totals = totalsOf(series, days);
  const place = by.startsWith('series:')
    ? series.findIndex(({ key }) => `series:${key}` === by)
    : series.length;
  const rows = days
    .map((day, i) => {
      const all = [...series.map(({ values }) => values[i] ?? 0), totals[i] ?? 0];
      return { day, sortedBy: all[place] ?? 0, values: series.length > 1 ? all : all.slice(-1) };
    })
    .filter(({ values }) => values.some((value) => value > 0));
  const way = down ? -1 : 1;
  rows.sort((a, b) => {
    const byValue = by === 'day' ? 0 : a.sortedBy - b.sortedBy;
    return way * (byValue || (a.day < b.day ? -1 : 1));
  });
  return rows.map(({ day, values }) => ({ day, values }));
}
