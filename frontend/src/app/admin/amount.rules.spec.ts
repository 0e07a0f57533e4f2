import { readAmount, writeAmount } from './amount.rules';

describe(readAmount.name, () => {
  it.each([
    ['200', 200],
    [' 1.000.000 ', 1_000_000],
    ['1000000', 1_000_000],
    ['0', 0],
  ])('should read “%s” as a count in Portuguese', (text, amount) => {
    expect(readAmount(text, 'tokens', 'pt-BR')).toEqual({ amount });
  });

  it.each([
    ['2,50', 'pt-BR', 2.5],
    ['US$ 1.234,5', 'pt-BR', 1234.5],
    [',75', 'pt-BR', 0.75],
    ['0,0001', 'pt-BR', 0.0001],
    ['12,', 'pt-BR', 12],
    ['2.50', 'en', 2.5],
    ['$1,234.5', 'en', 1234.5],
  ] as const)('should read “%s” as dollars in %s', (text, language, amount) => {
    expect(readAmount(text, 'usd', language)).toEqual({ amount });
  });

  // 2.50 is two dollars and a half to one reader and no number at all to another: never 250.
  it.each([
    ['2.50', 'pt-BR'],
    ['1.2345', 'pt-BR'],
    ['1.0000,5', 'pt-BR'],
    ['1,5,5', 'pt-BR'],
    ['1,5.000', 'pt-BR'],
    ['2,50', 'en'],
    ['1.000.000', 'en'],
  ] as const)('should not guess what “%s” means in %s', (text, language) => {
    expect(readAmount(text, 'usd', language)).toEqual({ problem: 'separator' });
  });

  it.each([
    ['', 'usd', 'empty'],
    [' US$ ', 'usd', 'empty'],
    ['muito', 'usd', 'unreadable'],
    ['1e9', 'usd', 'unreadable'],
    [',', 'usd', 'unreadable'],
    ['-3', 'usd', 'negative'],
    ['2,5', 'requests', 'whole'],
    // An English thousand is no Portuguese one.
    ['1,000', 'tokens', 'whole'],
    ['0,00001', 'usd', 'tooFine'],
    ['1.000.000,01', 'usd', 'tooLarge'],
    ['100001', 'openRuns', 'tooLarge'],
  ] as const)('should say what is wrong with “%s” for %s: %s', (text, measure, problem) => {
    expect(readAmount(text, measure, 'pt-BR')).toEqual({ problem });
  });
});

describe(writeAmount.name, () => {
  it.each([
    [1_000_000, 'tokens', 'pt-BR', '1.000.000'],
    [2.5, 'usd', 'pt-BR', '2,50'],
    [50, 'usd', 'pt-BR', '50'],
    [0.0005, 'usd', 'pt-BR', '0,0005'],
    [1234.5, 'usd', 'en', '1,234.50'],
  ] as const)(
    'should write %d (%s) in %s so that it reads back',
    (amount, measure, language, text) => {
      expect(writeAmount(amount, measure, language)).toBe(text);
      expect(readAmount(text, measure, language)).toEqual({ amount });
    },
  );
});
