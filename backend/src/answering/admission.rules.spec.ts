import { describe, expect, it } from '@jest/globals';
import { type Allowance, takeAsk } from './admission.rules.js';

/** Takes as many asks as there are, at one moment. */
function takeAll(perMinute: number, now: number, from?: Allowance) {
  let allowance = from;
  for (let count = 0; ; count += 1) {
    const taken = takeAsk(allowance, perMinute, now);
    if ('retryAfterSeconds' in taken) return { count, allowance, ...taken };
    ({ allowance } = taken);
  }
}

describe(takeAsk.name, () => {
  it.each([1, 4, 60])('should allow %i at once to somebody new', (perMinute) => {
    expect(takeAll(perMinute, 0).count).toBe(perMinute);
  });

  it('should say after how many seconds the next one is there', () => {
    expect(takeAll(60, 0).retryAfterSeconds).toBe(1);
    expect(takeAll(4, 0).retryAfterSeconds).toBe(15);
    expect(takeAll(1, 0).retryAfterSeconds).toBe(60);
  });

  it('should keep that promise, and no earlier', () => {
    const { allowance, retryAfterSeconds } = takeAll(4, 1000);
    expect(takeAsk(allowance, 4, 1000 + retryAfterSeconds * 1000)).toHaveProperty('allowance');
    expect(takeAsk(allowance, 4, 1000 + retryAfterSeconds * 1000 - 1)).toHaveProperty(
      'retryAfterSeconds',
      1,
    );
  });

  it('should not make anybody wait for a clock that was set back', () => {
    const hour = 3_600_000;
    const first = takeAsk(undefined, 4, hour);
    const second = takeAsk('allowance' in first ? first.allowance : undefined, 4, 0);
    expect(second).toEqual({ allowance: { left: 2, at: 0 } });
  });

  it('should never hold more than a minute’s worth', () => {
    const { allowance } = takeAll(4, 0);
    expect(takeAll(4, 3_600_000, allowance).count).toBe(4);
  });
});
