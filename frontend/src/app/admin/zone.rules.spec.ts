import { midnightIn } from './zone.rules';

describe(midnightIn.name, () => {
  const now = Date.UTC(2026, 10, 21, 15, 30, 12, 345);

  it.each([
    ['America/Sao_Paulo', Date.UTC(2026, 10, 21, 3)],
    ['UTC', Date.UTC(2026, 10, 21)],
    ['Asia/Kolkata', Date.UTC(2026, 10, 20, 18, 30)],
    // It is past midnight there already.
    ['Pacific/Auckland', Date.UTC(2026, 10, 21, 11)],
  ])('should find when the day began in %s', (zone, midnight) => {
    expect(midnightIn(zone, now)).toBe(midnight);
  });

  it('should know nothing of a zone that the browser does not know', () => {
    expect(midnightIn('Mars/Olympus', now)).toBeNull();
  });
});
