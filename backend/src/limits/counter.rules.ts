import type { LimitCounter, LimitMeasure, LimitPeriod } from '#db';
import { dateOf, dayAt, dayNumber, startOfDay } from '../platform/civil-days.rules.js';
import type { CountedSubject } from './limit.rules.js';

/** A counter's name and window: what is known of it without a look at the database. */
export type CounterKey = Omit<LimitCounter, 'used' | 'reserved'>;

/** What is counted at any time has no window. */
const ALWAYS = { startsAt: new Date(0), endsAt: new Date('9999-12-31T00:00:00Z') };

/** Some time's beginning and end; the end is the next one's beginning. */
export interface TimeWindow {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** The counter that holds a subject's use of a measure at a moment. */
export function counterOf(
  subject: CountedSubject,
  measure: LimitMeasure,
  period: LimitPeriod,
  window: TimeWindow,
): CounterKey {
  const since = String(window.startsAt.getTime() / 1000);
  return { id: `${subject} ${measure} ${period} ${since}`, subject, measure, period, ...window };
}

/** The day or month of a zone's calendar that a moment is in; what is no such period is always. */
export function windowOf(period: LimitPeriod, zone: string, at: Date): TimeWindow {
  const today = dayAt(zone, at);
  switch (period) {
    case 'day':
      return { startsAt: startOfDay(zone, today), endsAt: startOfDay(zone, today + 1) };
    case 'month': {
      const [first, next] = monthOf(today);
      return { startsAt: startOfDay(zone, first), endsAt: startOfDay(zone, next) };
    }
    default:
      return ALWAYS;
  }
}

/** The first day of a day's month, and of the next one. */
function monthOf(day: number): [number, number] {
  const first = firstDayOfMonth(day);
  return [first, firstDayOfMonth(first + 31)];
}

function firstDayOfMonth(day: number): number {
  const first = dayNumber(`${dateOf(day).slice(0, 7)}-01`);
  if (first === undefined) throw new RangeError(`no such day: ${String(day)}`);
  return first;
}
