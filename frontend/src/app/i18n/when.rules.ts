import type { Language } from './language.rules';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Making a format takes a hundred times what using one takes. */
const kept = new Map<Language, ReturnType<typeof formatsOf>>();

const formatsOf = (language: Language) => ({
  passed: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
  exact: new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' }),
  day: new Intl.DateTimeFormat(language, { dateStyle: 'medium' }),
});

function formats(language: Language): ReturnType<typeof formatsOf> {
  const known = kept.get(language) ?? formatsOf(language);
  kept.set(language, known);
  return known;
}

/** "há 5 minutos", "yesterday"; after a week the date itself. `now` and `time` in milliseconds. */
export function relativeTime(time: number, now: number, language: Language): string {
  const { passed: format } = formats(language);
  const passed = now - time;
  if (passed < MINUTE) return format.format(0, 'second');
  if (passed < HOUR) return format.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return format.format(-Math.floor(passed / HOUR), 'hour');
  if (passed < 7 * DAY) return format.format(-Math.floor(passed / DAY), 'day');
  return dayOf(time, language);
}

/** Date and time in full, for a title on hover. */
export function exactTime(time: number, language: Language): string {
  return formats(language).exact.format(time);
}

/** The day alone: what stands after "since", where "3 minutes ago" cannot. */
export function dayOf(time: number, language: Language): string {
  return formats(language).day.format(time);
}
