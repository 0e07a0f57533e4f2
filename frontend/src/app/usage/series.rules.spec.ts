import { usageRow } from '../../testing/samples';
import { MOST_SERIES, OTHERS, seriesOf, totalsOf } from './series.rules';

const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03'];
const row = (day: string, model: string, costUsd: number | null) =>
  usageRow({ day, model, costUsd, unpricedCalls: costUsd === null ? 1 : 0 });

describe(seriesOf.name, () => {
  it('should have an amount for every day, 0 where nothing was used', () => {
    const rows = [row('2026-11-01', 'a', 1), row('2026-11-03', 'a', 2), row('2026-11-03', 'b', 4)];
    expect(seriesOf(rows, DAYS, 'model', 'cost')).toEqual([
      { key: 'b', values: [0, 0, 4], total: 4 },
      { key: 'a', values: [1, 0, 2], total: 3 },
    ]);
  });

  it('should add up rows of one day that differ in something else', () => {
    const rows = [row('2026-11-01', 'a', 1), row('2026-11-01', 'a', 2)];
    expect(seriesOf(rows, DAYS, 'model', 'cost')[0]?.values).toEqual([3, 0, 0]);
  });

  it('should be one series of everything by day alone', () => {
    const rows = [row('2026-11-01', 'a', 1), row('2026-11-01', 'b', 2)];
    expect(seriesOf(rows, DAYS, 'day', 'calls')).toEqual([
      { key: '', values: [2, 0, 0], total: 2 },
    ]);
  });

  it('should leave out days that are not shown, and what has no amount', () => {
    const rows = [
      row('2026-10-31', 'a', 1),
      row('2026-11-01', 'free', 0),
      row('2026-11-01', 'x', null),
    ];
    expect(seriesOf(rows, DAYS, 'model', 'cost')).toEqual([]);
  });

  it('should show as many as colours can tell apart, the largest by name', () => {
    const models = (count: number) =>
      Array.from({ length: count }, (_, i) => row('2026-11-02', `m${i}`, i + 1));
    const fit = seriesOf(models(MOST_SERIES), DAYS, 'model', 'cost');
    expect(fit.map(({ key }) => key)).toEqual(['m5', 'm4', 'm3', 'm2', 'm1', 'm0']);
    expect(seriesOf(models(MOST_SERIES + 1), DAYS, 'model', 'cost')).toHaveLength(MOST_SERIES);
    const more = seriesOf(models(MOST_SERIES + 2), DAYS, 'model', 'cost');
    expect(more.map(({ key }) => key)).toEqual(['m7', 'm6', 'm5', 'm4', 'm3', OTHERS]);
    expect(more.at(-1)).toEqual({ key: OTHERS, values: [0, 6, 0], total: 6 });
  });
});

describe(totalsOf.name, () => {
  it('should be the height of each bar', () => {
    const series = seriesOf(
      [row('2026-11-01', 'a', 1), row('2026-11-01', 'b', 2), row('2026-11-03', 'b', 5)],
      DAYS,
      'model',
      'cost',
    );
    expect(totalsOf(series, DAYS)).toEqual([3, 0, 5]);
  });
});
