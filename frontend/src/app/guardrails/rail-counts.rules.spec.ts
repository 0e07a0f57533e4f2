import type { RailCount } from '../api/guardrails-api';
import { actionsByDay, daysUpTo, lastDay, railTotals } from './rail-counts.rules';

const count = (day: string, rail: string, action: RailCount['action'], events: number) => ({
  ...{ day, rail, action, events },
  reported: action === 'block' ? 1 : 0,
});
const COUNTS: readonly RailCount[] = [
  count('2026-11-20', 'personal-data', 'mask', 2),
  count('2026-11-20', 'secrets', 'mask', 3),
  count('2026-11-22', 'blocked-terms', 'block', 1),
];

describe(daysUpTo.name, () => {
  it('should leave no day out, over the end of a month as well', () => {
    expect(daysUpTo('2026-03-01', 3)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  });
});

describe(lastDay.name, () => {
  it("should be the reader's day, unless the server is ahead", () => {
    expect(lastDay(COUNTS, new Date(2026, 10, 25, 23, 59))).toBe('2026-11-25');
    expect(lastDay(COUNTS, new Date(2026, 10, 21, 23, 59))).toBe('2026-11-22');
  });
});

describe(actionsByDay.name, () => {
  it('should count by day, the strictest first, and leave out what was never done', () => {
    expect(actionsByDay(COUNTS, daysUpTo('2026-11-22', 3))).toEqual([
      { action: 'block', values: [0, 0, 1] },
      { action: 'mask', values: [5, 0, 0] },
    ]);
  });
});

describe(railTotals.name, () => {
  it('should begin with the busiest rail', () => {
    expect(railTotals(COUNTS)).toEqual([
      { rail: 'secrets', events: 3, reported: 0 },
      { rail: 'personal-data', events: 2, reported: 0 },
      { rail: 'blocked-terms', events: 1, reported: 1 },
    ]);
  });
});
