import { describe, expect, it } from '@jest/globals';
import { dayNumber } from '../platform/civil-days.rules.js';
import { csvHead, csvLines } from './usage-csv.rules.js';
import type { Dimension, UsageRow } from './usage-question.js';

const aRow = (said: Partial<UsageRow> = {}): UsageRow => ({
  ...{ calls: 3, promptTokens: 1_234_567, cachedTokens: 0, completionTokens: 89 },
  ...{ estimatedCalls: 1, costNanoUsd: 1_500_000, unpricedCalls: 0 },
  ...said,
});
const byModel = new Set<Dimension>(['model']);
const cellOf = (model: string) =>
  csvLines(byModel, [aRow({ model })]).replace(/,3,[\d.,]*\r\n$/, '');

describe(csvHead.name, () => {
  it('should say first that it is UTF-8, then what each column is', () => {
    expect(csvHead(new Set<Dimension>(['day', 'person']))).toBe(
      '\uFEFFday,userId,username,calls,promptTokens,cachedTokens,completionTokens,estimatedCalls,costUsd,unpricedCalls\r\n',
    );
  });
});

describe(csvLines.name, () => {
  it('should write dates as ISO has them, and numbers with nothing but digits and a point', () => {
    const row = aRow({ day: dayNumber('2026-03-09') ?? 0, userId: 7, username: 'ana' });
    expect(csvLines(new Set<Dimension>(['day', 'person']), [row, row])).toBe(
      '2026-03-09,7,ana,3,1234567,0,89,1,0.0015,0\r\n'.repeat(2),
    );
  });

  it.each([
    [0, '0'],
    [1, '0.000000001'],
    [100, '0.0000001'],
    [1_000_000_000, '1'],
    [1_234_000_000_001, '1234.000000001'],
    [9_007_199_254_740_991, '9007199.254740991'],
  ])('should write %d nano-dollars as %s', (costNanoUsd, dollars) => {
    expect(csvLines(byModel, [aRow({ model: 'm', costNanoUsd })])).toContain(`,${dollars},0\r\n`);
  });

  it('should leave out a cost of which nothing is known', () => {
    const unknown = aRow({ model: 'm', costNanoUsd: 0, unpricedCalls: 3 });
    expect(csvLines(byModel, [unknown])).toBe('m,3,1234567,0,89,1,,3\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+55', "'+55"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\r=1', '"\'\r=1"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['a=1', 'a=1'],
    ["'=1", "'=1"],
  ])('should not let a spreadsheet compute %j', (model, cell) => {
    expect(cellOf(model)).toBe(cell);
  });

  it.each([
    ['a,b', '"a,b"'],
    ['diz "oi"', '"diz ""oi"""'],
    ['duas\r\nlinhas', '"duas\r\nlinhas"'],
    ['duas\nlinhas', '"duas\nlinhas"'],
    ['João 🌊', 'João 🌊'],
  ])('should write %j so that it is read as it is', (model, cell) => {
    expect(cellOf(model)).toBe(cell);
  });
});
