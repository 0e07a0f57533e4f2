import { numbersOf } from './chart-numbers.rules';
import type { Series } from './series.rules';

const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03'];
const SERIES: Series[] = [
  { key: 'a', values: [5, 0, 1], total: 6 },
  { key: 'b', values: [0, 0, 2], total: 2 },
];

describe(numbersOf.name, () => {
  it('should say what the bars show, leaving out days without any', () => {
    expect(numbersOf(SERIES, DAYS, { by: 'day', down: false })).toEqual([
      { day: '2026-11-01', values: [5, 0, 5] },
      { day: '2026-11-03', values: [1, 2, 3] },
    ]);
  });

  it('should need no total where there is one series', () => {
    expect(numbersOf(SERIES.slice(0, 1), DAYS, { by: 'day', down: true })).toEqual([
      { day: '2026-11-03', values: [1] },
      { day: '2026-11-01', values: [5] },
    ]);
  });

  it.each([
    ['total', true, ['2026-11-01', '2026-11-03']],
    ['total', false, ['2026-11-03', '2026-11-01']],
    ['series:b', true, ['2026-11-03', '2026-11-01']],
    ['series:a', true, ['2026-11-01', '2026-11-03']],
  ])('should sort by %s', (by, down, days) => {
    expect(numbersOf(SERIES, DAYS, { by, down }).map(({ day }) => day)).toEqual(days);
  });
});
