/** Days are counted from 1970-01-01, as the calendar of a time zone has them: 0 is that day. */
const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1000;

/** Longest way of a zone's clock from UTC; the farthest in history is 15 h 14 min (Manila, Juneau). */
const FARTHEST_MS = 16 * 3_600_000;

/** The clock of a zone over some time. */
export interface ClockPiece {
  /** Seconds since 1970 in UTC from which it holds. */
  readonly from: number;
  /** Seconds that the zone's clock is ahead of UTC. */
  readonly offset: number;
}

/**
 * The day's number.
 * @returns undefined unless it is a date of the calendar, written like `2026-11-30`.
 */
export function dayNumber(date: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  // 2026-02-30 would be read as the 2nd of March.
  return Number.isNaN(time) || dateOf(time / DAY_MS) !== date ? undefined : time / DAY_MS;
}

/** The day's date, `2026-11-30`. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day that a zone's calendar shows at a moment. */
export function dayAt(zone: string, time: Date): number {
  const ms = time.getTime();
  return Math.floor((ms / 1000 + offsetAt(zone, ms)) / DAY_SECONDS);
}

/** The first moment of a day: not always midnight, where clocks are put forward at that hour. */
export function startOfDay(zone: string, day: number): Date {
  const midnight = day * DAY_MS;
  // Right but for the days on which clocks are changed, and much faster than looking for it.
  const likely = midnight - offsetAt(zone, midnight) * 1000;
  if (isStart(zone, day, likely)) return new Date(likely);
  const [low, high] = [midnight - FARTHEST_MS, midnight + FARTHEST_MS];
  return new Date(firstSecond(low, high, (ms) => dayAt(zone, new Date(ms)) >= day));
}

const isStart = (zone: string, day: number, ms: number): boolean =>
  dayAt(zone, new Date(ms)) >= day && dayAt(zone, new Date(ms - 1)) < day;

/** How a zone's clock stands from one moment until another: a piece more for each change. */
export function clockPieces(zone: string, from: Date, until: Date): ClockPiece[] {
  let at = from.getTime();
  const pieces = [{ from: Math.floor(at / 1000), offset: offsetAt(zone, at) }];
  for (let offset = offsetAt(zone, at); at < until.getTime();) {
    const next = Math.min(at + DAY_MS, until.getTime());
    const fresh = offsetAt(zone, next);
    if (fresh !== offset) {
      const before = offset;
      const change = firstSecond(at, next, (ms) => offsetAt(zone, ms) !== before);
      pieces.push({ from: change / 1000, offset: fresh });
    }
    [at, offset] = [next, fresh];
  }
  return pieces;
}

/** The first whole second after `low` at which something holds that then goes on to hold. */
function firstSecond(low: number, high: number, holds: (ms: number) => boolean): number {
  let [below, above] = [Math.floor(low / 1000), Math.ceil(high / 1000)];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (holds(middle * 1000)) above = middle;
    else below = middle;
  }
  return above * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** @throws {RangeError} for a zone that does not exist. */
function offsetAt(zone: string, ms: number): number {
  let clock = clocks.get(zone);
  if (!clock) {
    const [numeric, digits] = ['numeric', '2-digit'] as const;
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: numeric, month: digits, day: digits },
      ...{ hour: digits, minute: digits, second: digits },
    });
    clocks.set(zone, clock);
  }
  const shown = new Map(clock.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? NaN;
  const asUtc = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return Math.round(asUtc / 1000 - Math.floor(ms / 1000));
}
