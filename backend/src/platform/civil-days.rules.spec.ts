import { describe, expect, it } from '@jest/globals';
import { clockPieces, dateOf, dayAt, dayNumber, startOfDay } from './civil-days.rules.js';

const day = (date: string): number => dayNumber(date) ?? NaN;
const beginning = (zone: string, date: string) => startOfDay(zone, day(date)).toISOString();

describe('days of the calendar', () => {
  it.each(['1970-01-01', '2024-02-29', '2026-11-30', '0099-12-31'])('should know %s', (date) => {
    expect(dateOf(day(date))).toBe(date);
  });

  it.each(['2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '26-01-01', ''])(
    'should take %j for no date',
    (date) => {
      expect(dayNumber(date)).toBeUndefined();
    },
  );

  it.each(['2026-11-30T00:00:00Z', ' 2026-11-30', '2026-11-30\n', '+002026-11-30'])(
    'should take %j for no date either',
    (date) => {
      expect(dayNumber(date)).toBeUndefined();
    },
  );
});

describe(startOfDay.name, () => {
  it.each([
    ['America/Sao_Paulo', '2026-11-21', '2026-11-21T03:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-21', '2026-11-20T18:30:00.000Z'],
    ['Asia/Kathmandu', '2026-11-21', '2026-11-20T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-21', '2026-11-20T10:00:00.000Z'],
    ['America/Sao_Paulo', '1970-01-01', '1970-01-01T03:00:00.000Z'],
    ['Etc/GMT+12', '1970-01-01', '1970-01-01T12:00:00.000Z'],
    // Clocks were put forward at midnight: the day began at one.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    // And back at midnight: the day before had an hour more.
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z'],
    ['Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00.000Z'],
    // Samoa left this day out: it begins where the next one does.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'],
  ])('should be, in %s, for %s', (zone, date, start) => {
    expect(beginning(zone, date)).toBe(start);
  });

  it.each(['America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Nuuk'])(
    'should be the first moment that the calendar of %s shows the day',
    (zone) => {
      for (let date = day('2018-01-01'); date < day('2027-01-01'); date += 1) {
        const start = startOfDay(zone, date);
        expect(dayAt(zone, start)).toBe(date);
        expect(dayAt(zone, new Date(start.getTime() - 1))).toBe(date - 1);
      }
    },
  );
});

describe(clockPieces.name, () => {
  it('should be one piece where the clock is left alone', () => {
    const from = new Date('2026-01-01T03:00:00Z');
    const pieces = clockPieces('America/Sao_Paulo', from, new Date('2027-01-01T03:00:00Z'));
    expect(pieces).toEqual([{ from: from.getTime() / 1000, offset: -3 * 3600 }]);
  });

  it('should change to the second, by half an hour where it is so', () => {
    const [from, until] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-12-31T00:00:00Z')];
    const at = (time: string) => Date.parse(time) / 1000;
    expect(clockPieces('Australia/Lord_Howe', from, until)).toEqual([
      { from: from.getTime() / 1000, offset: 11 * 3600 },
      { from: at('2026-04-04T15:00:00Z'), offset: 10.5 * 3600 },
      { from: at('2026-10-03T15:30:00Z'), offset: 11 * 3600 },
    ]);
  });
});
