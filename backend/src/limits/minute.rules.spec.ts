import { describe, expect, it } from '@jest/globals';
import { latestFor, microsOf, secondsToWait, shareOfMinute, usedOfMinute } from './minute.rules.js';

/** A minute's counter, as the database keeps it. */
class Counter {
  wholeAt = 0;

  constructor(private readonly perMinute: number) {}

  take(seconds: number): boolean {
    const now = new Date(seconds * 1000);
    if (this.wholeAt > latestFor(this.perMinute, now)) return false;
    this.wholeAt = Math.max(this.wholeAt, microsOf(now)) + shareOfMinute(this.perMinute);
    return true;
  }

  takeAll(seconds: number): number {
    let taken = 0;
    while (this.take(seconds)) taken += 1;
    return taken;
  }

  used(seconds: number): number {
    return usedOfMinute(this.wholeAt, this.perMinute, new Date(seconds * 1000));
  }

  wait(seconds: number): number {
    return secondsToWait(this.wholeAt, this.perMinute, new Date(seconds * 1000));
  }
}

const NOON = 1_795_262_400;

describe('a minute’s counter', () => {
  it.each([1, 4, 60, 1000])('should allow %i at once, and no more', (perMinute) => {
    const counter = new Counter(perMinute);
    expect(counter.takeAll(NOON)).toBe(perMinute);
    expect(counter.used(NOON)).toBe(perMinute);
  });

  it('should say when the next one is there, and keep that promise', () => {
    const counter = new Counter(4);
    counter.takeAll(NOON);
    expect(counter.wait(NOON)).toBe(15);
    expect(counter.take(NOON + 14.9)).toBe(false);
    expect(counter.take(NOON + 15)).toBe(true);
    expect(counter.take(NOON + 15)).toBe(false);
  });

  it('should be whole again after a minute, and hold no more than that', () => {
    const counter = new Counter(4);
    counter.takeAll(NOON);
    expect(counter.used(NOON + 60)).toBe(0);
    expect(counter.takeAll(NOON + 3600)).toBe(4);
  });

  it('should allow nothing where nothing is allowed', () => {
    expect(secondsToWait(0, 0, new Date())).toBe(60);
    expect(usedOfMinute(0, 0, new Date())).toBe(0);
  });
});
