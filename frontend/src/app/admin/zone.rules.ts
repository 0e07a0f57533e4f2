/**
 * The moment at which the day that `now` lies in began in a time zone (both in milliseconds);
 * null for a zone that this browser does not know.
 */
export function midnightIn(timeZone: string, now: number): number | null {
  try {
    const format = new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const parts = format.formatToParts(now);
    const part = (type: string): number =>
      Number(parts.find((one) => one.type === type)?.value ?? 0);
    const seconds = (part('hour') * 60 + part('minute')) * 60 + part('second');
    return Math.floor(now / 1000) * 1000 - seconds * 1000;
  } catch {
    return null;
  }
}
