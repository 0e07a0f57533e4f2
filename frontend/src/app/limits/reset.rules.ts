import type { Language } from '../i18n/language.rules';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From so near on, the seconds count. */
const SECONDS_COUNT = 2 * MINUTE;

/** A text and what stands in it. */
export interface Words {
  readonly key: string;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * When a limit is renewed, by the reader's own clock: "at midnight", "tomorrow at 3:00".
 * `resetsAt` and `now` in milliseconds.
 */
export function resetTime(resetsAt: number, now: number, language: Language): Words {
  const at = new Date(resetsAt);
  const isNear = resetsAt - now < SECONDS_COUNT;
  const time = new Intl.DateTimeFormat(language, { timeStyle: isNear ? 'medium' : 'short' }).format(
    at,
  );
  const days = daysBetween(new Date(now), at);
  const atMidnight = at.getHours() === 0 && at.getMinutes() === 0;
  if (days <= 0) return { key: 'limits.at-time', params: { time } };
  if (days === 1 && atMidnight) return { key: 'limits.at-midnight', params: {} };
  if (days === 1) return { key: 'limits.at-tomorrow', params: { time } };
  const day = dayOf(at, language);
  return atMidnight
    ? { key: 'limits.at-day', params: { day } }
    : { key: 'limits.at-dayTime', params: { day, time } };
}

/** "in 6 hours": whole seconds, minutes, hours or days, rounded. Both in milliseconds. */
export function timeUntil(time: number, now: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(language);
  const wait = Math.max(0, time - now);
  if (wait < SECONDS_COUNT) return format.format(Math.ceil(wait / 1000), 'second');
  if (wait < 2 * HOUR) return format.format(Math.ceil(wait / MINUTE), 'minute');
  if (wait < 2 * DAY) return format.format(Math.round(wait / HOUR), 'hour');
  return format.format(Math.round(wait / DAY), 'day');
}

/** "30 de novembro", and the first of a month as Portuguese says it: "1º de dezembro". */
function dayOf(at: Date, language: Language): string {
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(at);
  return language === 'pt-BR' ? day.replace(/^1 /, '1º ') : day;
}

/** Calendar days from one moment to another, where the reader is. */
function daysBetween(from: Date, to: Date): number {
  const midnight = (date: Date): number =>
    Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (midnight(to) - midnight(from)) / DAY;
}
