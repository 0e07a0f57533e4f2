import { describe, expect, it } from '@jest/globals';
import { nextAttemptMs } from './settle-retry.rules.js';

describe(nextAttemptMs.name, () => {
  const after = (attempt: number, away: boolean, stopping = false) =>
    nextAttemptMs({ attempt, away, stopping });

  it('should try again whatever went wrong, less and less often', () => {
    const waits = [0, 1, 2, 3, 4].map((attempt) => after(attempt, false) ?? 0);
    expect(waits).toEqual([...waits].sort((one, other) => one - other));
    expect(waits[0]).toBeGreaterThan(0);
  });

  it('should give up on a database that refuses, after about a quarter of a minute', () => {
    expect(after(5, false)).toBeUndefined();
  });

  it('should not give up on a database that is away', () => {
    expect(after(5, true)).toBeGreaterThan(0);
    expect(after(1000, true)).toBeGreaterThan(0);
  });

  it('should not hold up the end of the process for it', () => {
    expect(after(4, true, true)).toBeGreaterThan(0);
    expect(after(5, true, true)).toBeUndefined();
  });
});
