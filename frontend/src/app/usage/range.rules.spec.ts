import { presetOf, problemOf, rangeOf, type Preset } from './range.rules';

describe(rangeOf.name, () => {
  it.each<[Preset, string, string, string]>([
    ['today', '2026-11-21', '2026-11-21', '2026-11-21'],
    ['week', '2026-11-03', '2026-10-28', '2026-11-03'],
    ['month', '2026-11-21', '2026-11-01', '2026-11-21'],
    ['lastMonth', '2026-01-15', '2025-12-01', '2025-12-31'],
    ['lastMonth', '2028-03-31', '2028-02-01', '2028-02-29'],
  ])('should take %s on %s as %s to %s', (preset, today, from, to) => {
    expect(rangeOf(preset, today)).toEqual({ from, to });
    expect(presetOf({ from, to }, today)).toBe(preset);
  });
});

describe(presetOf.name, () => {
  it('should say that typed days are none of them', () => {
    expect(presetOf({ from: '2026-11-02', to: '2026-11-20' }, '2026-11-21')).toBeNull();
  });

  it('should call the first day of a month the month', () => {
    expect(presetOf({ from: '2026-11-01', to: '2026-11-01' }, '2026-11-01')).toBe('month');
  });

  it('should call the first seven days of a month the month too', () => {
    expect(presetOf({ from: '2026-11-01', to: '2026-11-07' }, '2026-11-07')).toBe('month');
  });
});

describe(problemOf.name, () => {
  it.each([
    ['2026-01-01', '2026-12-31', null],
    ['2027-03-01', '2028-02-29', null],
    ['2027-03-01', '2028-03-01', 'tooLong'],
    ['2026-11-02', '2026-11-01', 'backwards'],
    ['', '2026-11-01', 'incomplete'],
    ['2026-02-30', '2026-03-01', 'incomplete'],
  ])('should judge %j to %j: %s', (from, to, problem) => {
    expect(problemOf({ from, to })).toBe(problem);
  });
});
