import type { RailAction, RailCount } from '../api/guardrails-api';

/** How many events an action had on each day. */
export interface ActionSeries {
  readonly action: RailAction;
  readonly values: readonly number[];
}

/** How often a rail acted, and how often its person said that it was wrong. */
export interface RailTotal {
  readonly rail: string;
  readonly events: number;
  readonly reported: number;
}

/** From the strictest action to the mildest: in this order they are stacked and named. */
const ACTIONS: readonly RailAction[] = ['block', 'answer', 'mask', 'replace', 'flag', 'pass'];

/** The days that are counted, oldest first, without gaps: from the first of `days` up to the last. */
export function daysUpTo(last: string, days: number): readonly string[] {
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: days }, (_, at) =>
    new Date(end - (days - 1 - at) * 86_400_000).toISOString().slice(0, 10),
  );
}

/**
 * The last day to show: the reader's own, or the newest counted where the server's zone is ahead.
 * @param now in the reader's zone.
 */
export function lastDay(counts: readonly RailCount[], now: Date): string {
  const [month, date] = [now.getMonth() + 1, now.getDate()];
  const two = (part: number): string => String(part).padStart(2, '0');
  const own = `${now.getFullYear()}-${two(month)}-${two(date)}`;
  return counts.reduce((last, { day }) => (day > last ? day : last), own);
}

/** Counts by day for each action that was taken at all. */
export const actionsByDay = (
  counts: readonly RailCount[],
  days: readonly string[],
): readonly ActionSeries[] =>
  ACTIONS.map((action) => ({
    action,
    values: days.map((day) =>
      sum(counts.filter((one) => one.action === action && one.day === day)),
    ),
  })).filter(({ values }) => values.some((value) => value > 0));

/** Totals of each rail, the busiest first. */
export function railTotals(counts: readonly RailCount[]): readonly RailTotal[] {
  const rails = [...new Set(counts.map(({ rail }) => rail))];
  return rails
    .map((rail) => {
      const own = counts.filter((one) => one.rail === rail);
      const reported = own.reduce((total, one) => total + one.reported, 0);
      return { rail, events: sum(own), reported };
    })
    .sort((one, other) => other.events - one.events);
}

const sum = (counts: readonly RailCount[]): number =>
  counts.reduce((total, { events }) => total + events, 0);
