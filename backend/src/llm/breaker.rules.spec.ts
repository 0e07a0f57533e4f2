import { describe, expect, it } from '@jest/globals';
import {
  admission,
  afterFailure,
  afterNothing,
  type Breaker,
  CLOSED,
  FAILURES_TO_OPEN,
  type FailedCall,
} from './breaker.rules.js';

const down: FailedCall = { kind: 'UNAVAILABLE' };
const fail = (breaker: Breaker, now: number, times = 1, failed = down): Breaker =>
  Array.from({ length: times }).reduce<Breaker>((b) => afterFailure(b, failed, now), breaker);
const opened = fail(CLOSED, 0, FAILURES_TO_OPEN);
const probing = (from: Breaker, now: number): Breaker => {
  const answer = admission(from, now);
  if (!answer.admitted) throw new Error('not admitted');
  return answer.breaker;
};

describe(afterFailure.name, () => {
  it('should open after five failures in a row, and not before', () => {
    expect(fail(CLOSED, 0, FAILURES_TO_OPEN - 1)).toEqual({ state: 'closed', failures: 4 });
    expect(opened).toMatchObject({ state: 'open', until: 15_000, kind: 'UNAVAILABLE' });
  });

  it.each(['UNAUTHORIZED', 'NOT_FOUND', 'OVERFLOW', 'FILTERED', 'EMPTY'] as const)(
    'should take %s for an answer',
    (kind) => {
      expect(fail(fail(CLOSED, 0, 4), 0, 1, { kind })).toEqual(CLOSED);
    },
  );

  it('should learn nothing from a question that was not asked for want of room', () => {
    const failing = fail(CLOSED, 0, FAILURES_TO_OPEN - 1);
    expect(fail(failing, 0, 10, { kind: 'BUSY' })).toEqual(failing);
    expect(fail(opened, 0, 1, { kind: 'BUSY' })).toEqual(opened);
    const probe = probing(opened, 15_000);
    const after = fail(probe, 15_001, 1, { kind: 'BUSY' });
    expect(admission(after, 15_001)).toMatchObject({ admitted: true });
  });

  it('should open at once, and for as long, where the provider asks for it', () => {
    const limited = fail(CLOSED, 0, 1, { kind: 'RATE_LIMITED', retryAfterMs: 3000 });
    expect(admission(limited, 2999)).toEqual({
      admitted: false,
      kind: 'RATE_LIMITED',
      retryInMs: 1,
    });
    expect(admission(limited, 3000).admitted).toBe(true);
  });

  it('should rest no longer than it is asked, though the probe failed', () => {
    const limited = { kind: 'RATE_LIMITED', retryAfterMs: 1000 } as const;
    const again = fail(probing(fail(CLOSED, 0, 1, limited), 1000), 1100, 1, limited);
    expect(again).toMatchObject({ state: 'open', until: 2100 });
  });

  it('should not believe a provider that asks for a day', () => {
    const limited = fail(CLOSED, 0, 1, { kind: 'RATE_LIMITED', retryAfterMs: 86_400_000 });
    expect(limited).toMatchObject({ until: 300_000 });
  });

  it('should rest twice as long after each probe that failed, up to two minutes', () => {
    const rests: number[] = [];
    let breaker = opened;
    for (let probes = 0; probes < 6; probes += 1) {
      const at = breaker.state === 'open' ? breaker.until : 0;
      breaker = fail(probing(breaker, at), at);
      rests.push(breaker.state === 'open' ? breaker.until - at : 0);
    }
    expect(rests).toEqual([30_000, 60_000, 120_000, 120_000, 120_000, 120_000]);
  });

  it('should not be opened for longer by calls that were on their way', () => {
    expect(fail(opened, 500, 20)).toMatchObject({ state: 'open', until: 15_000, times: 1 });
  });
});

describe(admission.name, () => {
  it('should let one probe through and nobody beside it', () => {
    const half = probing(opened, 15_000);
    expect(half.state).toBe('half-open');
    expect(admission(half, 15_001)).toMatchObject({ admitted: false, retryInMs: 1000 });
  });

  it('should give up a probe of which nothing is heard', () => {
    const half = probing(opened, 15_000);
    expect(admission(half, 104_999).admitted).toBe(false);
    expect(admission(half, 105_000).admitted).toBe(true);
  });

  it('should say nothing new of a closed one', () => {
    expect(admission(CLOSED, 5)).toEqual({ admitted: true, breaker: CLOSED });
  });
});

describe(afterNothing.name, () => {
  it('should hand the probe on when it was stopped', () => {
    const again = afterNothing(probing(opened, 15_000), 15_500);
    expect(admission(again, 15_500)).toMatchObject({ admitted: true });
  });

  it('should leave the others as they are', () => {
    expect(afterNothing(opened, 1)).toBe(opened);
    expect(afterNothing(CLOSED, 1)).toBe(CLOSED);
  });
});
