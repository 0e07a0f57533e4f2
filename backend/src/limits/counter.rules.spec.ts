import { describe, expect, it } from '@jest/globals';
import { counterOf, windowOf } from './counter.rules.js';

/** A window's beginning and end, in UTC. */
const shown = (period: 'day' | 'month', zone: string, at: string) => {
  const { startsAt, endsAt } = windowOf(period, zone, new Date(at));
  return [startsAt.toISOString(), endsAt.toISOString()].map((time) => time.slice(0, 16));
};

describe(windowOf.name, () => {
  it.each([
    // No summer time.
    ['America/Sao_Paulo', '2026-11-21T02:59:59Z', '2026-11-20T03:00', '2026-11-21T03:00'],
    ['America/Sao_Paulo', '2026-11-21T03:00:00Z', '2026-11-21T03:00', '2026-11-22T03:00'],
    // Half an hour, and three quarters.
    ['Asia/Kolkata', '2026-11-21T18:29:59Z', '2026-11-20T18:30', '2026-11-21T18:30'],
    ['Asia/Kathmandu', '2026-11-21T18:15:00Z', '2026-11-21T18:15', '2026-11-22T18:15'],
    // 23 and 25 hours.
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00', '2026-03-29T22:00'],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00', '2026-10-25T23:00'],
    // Half an hour of summer time.
    ['Australia/Lord_Howe', '2026-10-04T00:00:00Z', '2026-10-03T13:30', '2026-10-04T13:00'],
    // A day that begins at one o’clock.
    ['America/Sao_Paulo', '2018-11-04T12:00:00Z', '2018-11-04T03:00', '2018-11-05T02:00'],
  ])('should know a day of %s at %s', (zone, at, startsAt, endsAt) => {
    expect(shown('day', zone, at)).toEqual([startsAt, endsAt]);
  });

  it.each([
    ['America/Sao_Paulo', '2026-03-01T02:59:59Z', '2026-02-01T03:00', '2026-03-01T03:00'],
    ['America/Sao_Paulo', '2027-01-01T02:00:00Z', '2026-12-01T03:00', '2027-01-01T03:00'],
    ['Europe/Berlin', '2026-03-31T21:59:59Z', '2026-02-28T23:00', '2026-03-31T22:00'],
    ['Asia/Kolkata', '2028-02-29T18:29:59Z', '2028-01-31T18:30', '2028-02-29T18:30'],
  ])('should know a month of %s at %s', (zone, at, startsAt, endsAt) => {
    expect(shown('month', zone, at)).toEqual([startsAt, endsAt]);
  });

  it('should give every moment of three years to one day, with no gap', () => {
    const zone = 'Australia/Lord_Howe';
    let { startsAt, endsAt } = windowOf('day', zone, new Date('2025-01-01T00:00:00Z'));
    for (let days = 0; days < 3 * 365; days += 1) {
      const next = windowOf('day', zone, endsAt);
      expect(next.startsAt).toEqual(endsAt);
      expect(windowOf('day', zone, new Date(endsAt.getTime() - 1)).startsAt).toEqual(startsAt);
      ({ startsAt, endsAt } = next);
    }
  });

  it('should know no window of what is counted at any time', () => {
    const now = windowOf('now', 'America/Sao_Paulo', new Date());
    expect(now).toEqual(windowOf('minute', 'Asia/Kolkata', new Date(0)));
    expect(now.startsAt.getTime()).toBe(0);
  });
});

describe(counterOf.name, () => {
  it('should have a name of its own for each window', () => {
    const day = (at: string) =>
      counterOf('person:7', 'usd', 'day', windowOf('day', 'America/Sao_Paulo', new Date(at))).id;
    expect(day('2026-11-21T12:00:00Z')).toBe('person:7 usd day 1795230000');
    expect(day('2026-11-22T12:00:00Z')).not.toBe(day('2026-11-21T12:00:00Z'));
  });
});
