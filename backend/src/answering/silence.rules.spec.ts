import { describe, expect, it } from '@jest/globals';
import { judgesFrom } from './silence.rules.js';

describe(judgesFrom.name, () => {
  it('should leave a process that gave its signs in time to judge at once', () => {
    expect(judgesFrom(0, 10_000, 12_000)).toBe(0);
    expect(judgesFrom(0, 10_000, 15_999)).toBe(0);
  });

  it('should let the others give a sign first, after a time without any of its own', () => {
    expect(judgesFrom(0, 10_000, 40_000)).toBe(46_000);
  });

  it('should not begin again with the next sign', () => {
    expect(judgesFrom(46_000, 40_000, 42_000)).toBe(46_000);
  });
});
