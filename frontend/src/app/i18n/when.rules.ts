import type { Language } from './language.rules';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "há 5 minutos", "yesterday"; after a week the date itself. `now` and `time` in milliseconds. */
export function relativeTime(time: number, now: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const passed = now - time;
  if (passed < MINUTE) return format.format(0, 'second');
  if (passed < HOUR) return format.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return format.format(-Math.floor(passed / HOUR), 'hour');
  if (passed < 7 * DAY) return format.format(-Math.floor(passed / DAY), 'day');
  return dayOf(time, language);
}

/** Date and time in full, for a title on hover. */
export function exactTime(time: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' }).format(time);
}

/** The day alone: what stands after "since", where "3 minutes ago" cannot. */
export function dayOf(time: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(time);
}
