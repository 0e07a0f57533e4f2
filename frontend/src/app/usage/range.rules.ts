import {
  addDays,
  addMonths,
  firstOf,
  isDay,
  lastOf,
  lengthOf,
  monthOf,
  type Day,
  type DayRange,
} from './day.rules';

export const PRESETS = ['today', 'week', 'month', 'lastMonth'] as const;
export type Preset = (typeof PRESETS)[number];

/** The server's own limit, in days: a year that leaps. */
export const LONGEST_RANGE = 366;

/** The days a preset means on that day. The week is the last seven days, this one among them. */
export function rangeOf(preset: Preset, today: Day): DayRange {
  const month = monthOf(today);
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'week':
      return { from: addDays(today, -6), to: today };
    case 'month':
      return { from: firstOf(month), to: today };
    case 'lastMonth': {
      const before = addMonths(month, -1);
      return { from: firstOf(before), to: lastOf(before) };
    }
  }
}

/**
 * The preset that means these days, null for none. On the first of a month `today` and `month` mean
 * the same: the month, which is where the page begins.
 */
export function presetOf({ from, to }: DayRange, today: Day): Preset | null {
  const same = PRESETS.filter((preset) => {
    const range = rangeOf(preset, today);
    return range.from === from && range.to === to;
  });
  return same.includes('month') ? 'month' : (same[0] ?? null);
}

export type RangeProblem = 'incomplete' | 'backwards' | 'tooLong';

/** What is wrong with days that somebody typed; null when nothing is. */
export function problemOf(range: DayRange): RangeProblem | null {
  if (!isDay(range.from) || !isDay(range.to)) return 'incomplete';
  const length = lengthOf(range);
  if (length < 1) return 'backwards';
  return length > LONGEST_RANGE ? 'tooLong' : null;
}
