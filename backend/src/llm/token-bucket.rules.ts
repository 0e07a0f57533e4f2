/** Retries that a model may be sent in one go. */
export const RETRIES_AT_ONCE = 10;
/** How long one more takes to come, in milliseconds. */
export const MS_PER_RETRY = 1000;

/** What is left at a moment; milliseconds of any clock that only grows. */
export interface Bucket {
  readonly left: number;
  readonly at: number;
}

export const fullBucket = (now: number): Bucket => ({ left: RETRIES_AT_ONCE, at: now });

/** The bucket as it is now. */
export function refilled({ left, at }: Bucket, now: number): Bucket {
  return { left: Math.min(RETRIES_AT_ONCE, left + (now - at) / MS_PER_RETRY), at: now };
}

/** The bucket after one was taken; undefined: there is none. */
export function taken(bucket: Bucket, now: number): Bucket | undefined {
  const { left } = refilled(bucket, now);
  return left < 1 ? undefined : { left: left - 1, at: now };
}
