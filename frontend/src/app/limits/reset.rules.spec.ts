import { resetTime, timeUntil } from './reset.rules';

// In the zone of the machine, as the browser is in the reader's.
const at = (day: number, hour: number, minute = 0, second = 0): number =>
  new Date(2026, 10, day, hour, minute, second).getTime();
const now = at(21, 15, 30);

describe(resetTime.name, () => {
  it.each([
    ['midnight', at(22, 0), 'limits.at-midnight', {}],
    ['later today', at(21, 21), 'limits.at-time', { time: '21:00' }],
    ['in some seconds', at(21, 15, 30, 40), 'limits.at-time', { time: '15:30:40' }],
    ['tomorrow, where it is another day there', at(22, 3), 'limits.at-tomorrow', { time: '03:00' }],
    ['on a first', new Date(2026, 11, 1).getTime(), 'limits.at-day', { day: '1º de dezembro' }],
    ['on an 11th', new Date(2026, 11, 11).getTime(), 'limits.at-day', { day: '11 de dezembro' }],
    ['next week', at(30, 0), 'limits.at-day', { day: '30 de novembro' }],
    [
      'next week, in another zone',
      at(30, 3),
      'limits.at-dayTime',
      { day: '30 de novembro', time: '03:00' },
    ],
  ])('should say %s', (_, time, key, params) => {
    expect(resetTime(time, now, 'pt-BR')).toEqual({ key, params });
  });

  it('should say it as English does', () => {
    const { params } = resetTime(at(30, 3), now, 'en');
    expect(params['day']).toBe('November 30');
    expect(params['time']?.replace(/\s/g, ' ')).toBe('3:00 AM');
  });

  it('should not be wrong at the last second of a day', () => {
    const { key, params } = resetTime(at(22, 0), at(21, 23, 59, 30), 'pt-BR');
    expect([key, params]).toEqual(['limits.at-midnight', {}]);
  });
});

describe(timeUntil.name, () => {
  it.each([
    [at(21, 15, 30, 40), 'em 40 segundos'],
    [at(21, 16, 29, 1), 'em 60 minutos'],
    [at(22, 0), 'em 9 horas'],
    [at(30, 15, 30), 'em 9 dias'],
    // The clock of the server may be ahead.
    [now - 5000, 'em 0 segundo'],
  ])('should say how long it takes', (time, words) => {
    expect(timeUntil(time, now, 'pt-BR')).toBe(words);
  });
});
