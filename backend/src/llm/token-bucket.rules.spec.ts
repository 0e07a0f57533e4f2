import { describe, expect, it } from '@jest/globals';
import { type Bucket, fullBucket, refilled, RETRIES_AT_ONCE, taken } from './token-bucket.rules.js';

/** How many of so many tries, evenly spread over so long, get one. */
function granted(tries: number, overMs: number): number {
  let bucket: Bucket = fullBucket(0);
  let count = 0;
  for (let at = 0; at < tries; at += 1) {
    const next = taken(bucket, (overMs * at) / tries);
    if (next) {
      bucket = next;
      count += 1;
    }
  }
  return count;
}

describe(taken.name, () => {
  it('should hand out ten at once and no more', () => {
    expect(granted(1000, 0)).toBe(RETRIES_AT_ONCE);
  });

  it('should hand out one a second after that', () => {
    expect(granted(10_000, 60_000)).toBe(RETRIES_AT_ONCE + 59);
  });
});

describe(refilled.name, () => {
  it('should never hold more than it began with', () => {
    expect(refilled({ left: 9.5, at: 0 }, 3_600_000).left).toBe(RETRIES_AT_ONCE);
  });
});
