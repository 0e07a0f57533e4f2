import { describe, expect, it } from '@jest/globals';
import { pauseMs, retryAfterMs, sizeOf, verdictOf } from './delivery.rules.js';

const status = (code: number) => verdictOf({ status: code, retryAfterMs: undefined });

describe(verdictOf.name, () => {
  it('should try again what may succeed later', () => {
    expect(verdictOf({ status: null, reason: 'ECONNREFUSED' })).toBe('later');
    expect([408, 425, 429, 500, 502, 503, 504].map(status)).toEqual(Array(7).fill('later'));
  });

  it('should give up what never will', () => {
    expect([400, 401, 403, 404, 413, 422].map(status)).toEqual(Array(6).fill('refused'));
  });

  it('should take a conflict for an earlier success', () => {
    expect([200, 202, 409].map(status)).toEqual(['sent', 'sent', 'sent']);
  });
});

describe(pauseMs.name, () => {
  it('should double within a minute, spread by chance', () => {
    expect([1, 2, 3, 7, 50].map((failures) => pauseMs(failures, undefined, 1))).toEqual([
      1000, 2000, 4000, 60_000, 60_000,
    ]);
    expect(pauseMs(1, undefined, 0)).toBe(500);
  });

  it('should wait as long as it is asked to, within a minute', () => {
    expect(pauseMs(9, 3000, 0)).toBe(3000);
    expect(pauseMs(1, 3_600_000, 0)).toBe(60_000);
  });
});

describe(retryAfterMs.name, () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it('should read seconds and dates', () => {
    expect(retryAfterMs('7', now)).toBe(7000);
    expect(retryAfterMs('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5000);
    expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
  });

  it('should ignore what is neither', () => {
    expect(retryAfterMs(null, now)).toBeUndefined();
    expect(retryAfterMs('soon', now)).toBeUndefined();
  });
});

describe(sizeOf.name, () => {
  it('should grow with every text inside', () => {
    const small = sizeOf({ a: ['x'], b: null });
    expect(sizeOf({ a: ['x'.repeat(1001)], b: null }) - small).toBe(2000);
    expect(small).toBeGreaterThan(0);
  });
});
