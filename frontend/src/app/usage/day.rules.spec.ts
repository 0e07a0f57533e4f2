import {
  addDays,
  addMonths,
  dayAt,
  dayName,
  daysOf,
  isDay,
  isMonth,
  lastOf,
  lengthOf,
  monthName,
} from './day.rules';

describe('days', () => {
  it('should be those of the server’s zone, whatever the browser’s', () => {
    const lateInSaoPaulo = Date.UTC(2026, 10, 22, 2, 59);
    expect(dayAt(lateInSaoPaulo, 'America/Sao_Paulo')).toBe('2026-11-21');
    expect(dayAt(lateInSaoPaulo + 60_000, 'America/Sao_Paulo')).toBe('2026-11-22');
    expect(dayAt(lateInSaoPaulo, 'Asia/Tokyo')).toBe('2026-11-22');
    expect(dayAt(Date.UTC(2027, 0, 1, 1), 'America/Sao_Paulo')).toBe('2026-12-31');
  });

  it('should keep their name in every zone', () => {
    expect(dayName('2026-11-01', 'pt-BR')).toBe('1 de nov.');
    expect(dayName('2026-11-01', 'en')).toBe('Nov 1');
    expect(dayName('2026-11-01', 'pt-BR', true)).toBe('1 de nov. de 2026');
    expect(monthName('2026-03', 'pt-BR')).toBe('março de 2026');
    expect(monthName('2026-03', 'en')).toBe('March 2026');
  });

  it('should be counted over months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(lastOf('2026-02')).toBe('2026-02-28');
    expect(lastOf('2026-12')).toBe('2026-12-31');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-11', 3)).toBe('2027-02');
  });

  it('should include both ends of a range', () => {
    expect(daysOf({ from: '2026-10-30', to: '2026-11-02' })).toEqual([
      '2026-10-30',
      '2026-10-31',
      '2026-11-01',
      '2026-11-02',
    ]);
    expect(lengthOf({ from: '2026-11-01', to: '2026-11-01' })).toBe(1);
    expect(daysOf({ from: '2026-11-02', to: '2026-11-01' })).toEqual([]);
  });

  it.each([
    ['2026-11-21', true],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['21/11/2026', false],
    ['', false],
  ])('should know whether the calendar has %j: %s', (text, known) => {
    expect(isDay(text)).toBe(known);
  });

  it('should know whether the calendar has a month', () => {
    expect(isMonth('2026-12')).toBe(true);
    expect(isMonth('2026-13')).toBe(false);
    expect(isMonth('2026-1')).toBe(false);
  });
});
