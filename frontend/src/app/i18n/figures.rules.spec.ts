import { countOf, durationOf, moneyOf, percentOf, pluralOf, shortCountOf } from './figures.rules';

/** Intl separates with spaces that do not break. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe(moneyOf.name, () => {
  it.each([
    [0.0012, 'US$ 0,0012', '$0.0012'],
    [0.00123456, 'US$ 0,0012', '$0.0012'],
    [0.000000045, 'US$ 0,000000045', '$0.000000045'],
    [0.000000001, 'US$ 0,000000001', '$0.000000001'],
    [0.01, 'US$ 0,01', '$0.01'],
    [0.05, 'US$ 0,05', '$0.05'],
    [0.1, 'US$ 0,10', '$0.10'],
    [0.0999999, 'US$ 0,10', '$0.10'],
    [0.567, 'US$ 0,57', '$0.57'],
    [0.999, 'US$ 1,00', '$1.00'],
    [1, 'US$ 1,00', '$1.00'],
    [0, 'US$ 0,00', '$0.00'],
    [1234567.891, 'US$ 1.234.567,89', '$1,234,567.89'],
  ])('should write %d dollars so that something is seen of them', (usd, portuguese, english) => {
    expect(plain(moneyOf(usd, 'pt-BR'))).toBe(portuguese);
    expect(moneyOf(usd, 'en')).toBe(english);
  });
});

describe(countOf.name, () => {
  it('should group thousands as the language does', () => {
    expect(countOf(1234567, 'pt-BR')).toBe('1.234.567');
    expect(countOf(1234567, 'en')).toBe('1,234,567');
  });
});

describe(shortCountOf.name, () => {
  it('should be short', () => {
    expect(plain(shortCountOf(1_234_567, 'pt-BR'))).toBe('1,2 mi');
    expect(shortCountOf(1_234_567, 'en')).toBe('1.2M');
  });
});

describe(durationOf.name, () => {
  it.each([
    [3, '3 ms', '3 ms'],
    [99, '99 ms', '99 ms'],
    [100, '0,1 s', '0.1s'],
    [420, '0,4 s', '0.4s'],
    [3249, '3,2 s', '3.2s'],
    [59_960, '1 min', '1 min'],
    [65_400, '1 min 5 s', '1 min 5s'],
    [3_600_000, '60 min', '60 min'],
  ])('should write %d ms', (ms, portuguese, english) => {
    expect(plain(durationOf(ms, 'pt-BR'))).toBe(portuguese);
    expect(plain(durationOf(ms, 'en'))).toBe(english);
  });
});

describe(percentOf.name, () => {
  it('should write whole percents', () => {
    expect(percentOf(0.426, 'pt-BR')).toBe('43%');
    expect(percentOf(1, 'en')).toBe('100%');
  });
});

describe(pluralOf.name, () => {
  it('should choose the form as the language does', () => {
    expect([0, 1, 2, 1_000_000].map((count) => pluralOf(count, 'pt-BR'))).toEqual([
      'one',
      'one',
      'other',
      'other',
    ]);
    expect(pluralOf(0, 'en')).toBe('other');
  });
});
