import type { Language } from '../i18n/language.rules';

/**
 * A day as the server counts it, `2026-11-21`: the server's zone decides where it begins. Here it is
 * text with a calendar behind it and never a moment, so that no browser's zone can shift it.
 */
export type Day = string;

/** A month as the server names it: `2026-11`. */
export type Month = string;

/** From a day to a day, both included. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

const MS_PER_DAY = 86_400_000;

/** The day it is in a time zone at a moment. `now` in milliseconds since 1970. */
export function dayAt(now: number, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'iso8601',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(now);
  const part = (type: 'year' | 'month' | 'day'): string =>
    parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** True for a day that the calendar has: not for `2026-02-30`. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(midnight(text)) && toDay(midnight(text)) === text;

export const isMonth = (text: string): boolean => /^\d{4}-\d\d$/.test(text) && isDay(firstOf(text));

export const addDays = (day: Day, count: number): Day => toDay(midnight(day) + count * MS_PER_DAY);

/** How many days a range has; 0 or less when it ends before it begins. */
export const lengthOf = ({ from, to }: DayRange): number =>
  (midnight(to) - midnight(from)) / MS_PER_DAY + 1;

/** Every day of a range, in order. */
export const daysOf = (range: DayRange): Day[] =>
  Array.from({ length: Math.max(0, lengthOf(range)) }, (_, i) => addDays(range.from, i));

export const monthOf = (day: Day): Month => day.slice(0, 7);
export const firstOf = (month: Month): Day => `${month}-01`;
export const lastOf = (month: Month): Day => addDays(firstOf(addMonths(month, 1)), -1);

export function addMonths(month: Month, count: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

/** "21 de nov." on an axis; elsewhere with its year, "21 de nov. de 2026". */
export const dayName = (day: Day, language: Language, withYear = false): string =>
  new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    ...(withYear && { year: 'numeric' }),
  }).format(midnight(day));

/** "novembro de 2026". */
export const monthName = (month: Month, language: Language): string =>
  new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    midnight(firstOf(month)),
  );

/** Midnight in UTC: a number to count days with, never a moment in somebody's day. */
const midnight = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const toDay = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);
