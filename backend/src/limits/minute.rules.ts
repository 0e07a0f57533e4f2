const MICROS_PER_MS = 1000;
const MINUTE_MICROS = 60_000 * MICROS_PER_MS;

/*
 * A minute's counter holds one number: the moment, in microseconds since 1970, at which the whole
 * minute's worth is there again (the generic cell rate algorithm, ITU-T I.371). Each request puts
 * it off by its share of the minute; more than a minute ahead it is refused. So one conditional
 * UPDATE decides, whichever process asks.
 */

/** The moment of a time, as minute counters hold it. */
export const microsOf = (at: Date): number => at.getTime() * MICROS_PER_MS;

/** What one request puts the moment off by. */
export const shareOfMinute = (perMinute: number): number => Math.ceil(MINUTE_MICROS / perMinute);

/** The latest moment a counter may hold for one more request to be allowed. */
export function latestFor(perMinute: number, now: Date): number {
  return microsOf(now) + MINUTE_MICROS - shareOfMinute(perMinute);
}

/** Whole seconds until one more request is allowed; at least 1. */
export function secondsToWait(wholeAt: number, perMinute: number, now: Date): number {
  if (perMinute === 0) return 60;
  const micros = wholeAt - latestFor(perMinute, now);
  return Math.max(1, Math.ceil(micros / (1000 * MICROS_PER_MS)));
}

/** How many of a minute's requests are used up now. */
export function usedOfMinute(wholeAt: number, perMinute: number, now: Date): number {
  const ahead = Math.max(0, wholeAt - microsOf(now));
  return perMinute === 0 ? 0 : Math.min(perMinute, Math.ceil(ahead / shareOfMinute(perMinute)));
}
