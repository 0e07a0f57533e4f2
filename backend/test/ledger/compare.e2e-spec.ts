import { describe, expect, it } from '@jest/globals';
import { compare, type Facts, type LedgerRow } from './compare.rules.js';
import type { UpstreamCall } from './upstream.js';

const WORDS = ['uma ', 'resposta ', 'de ', 'cinco ', 'palavras'];
const PRICE = { input: 1, output: 2 };

const aCall = (more: Partial<UpstreamCall> = {}): UpstreamCall => ({
  n: 1,
  purpose: 'answer',
  model: 'm',
  promptTokens: 100,
  words: WORDS,
  sent: 5,
  took: true,
  ...more,
});
const told = (more: Partial<UpstreamCall> = {}) =>
  aCall({ told: { promptTokens: 100, completionTokens: 5 }, ...more });

function aRow(more: Partial<LedgerRow> = {}): LedgerRow {
  const row = {
    id: 1,
    n: 1,
    purpose: 'answer',
    model: 'm',
    outcome: 'done',
    promptTokens: 100,
    completionTokens: 5,
    estimated: false,
    priceSource: 'MODELS_FILE',
    isClosed: true,
    ...more,
  };
  const { promptTokens, completionTokens } = row;
  return { costNanoUsd: (promptTokens ?? 0) * 1000 + (completionTokens ?? 0) * 2000, ...row };
}
const estimate = (more: Partial<LedgerRow> = {}) =>
  aRow({ estimated: true, outcome: 'stopped', ...more });

const compared = (rows: LedgerRow[], calls: UpstreamCall[], more: Partial<Facts> = {}) =>
  compare({
    rows,
    calls,
    stored: () => '',
    isExact: () => true,
    prices: () => PRICE,
    ...more,
  });

describe(compare.name, () => {
  it('should find what the provider told equal', () => {
    const { equal, estimated, wrong } = compared([aRow()], [told()]);
    expect({ equal, estimated, wrong }).toEqual({ equal: 1, estimated: 0, wrong: [] });
  });

  it('should take an estimate from what is stored up to what was sent', () => {
    const stored = () => 'uma resposta de ';
    for (const completionTokens of [3, 4]) {
      const found = compared([estimate({ completionTokens })], [aCall({ sent: 4 })], { stored });
      expect(found).toMatchObject({ estimated: 1, wrong: [] });
    }
    for (const completionTokens of [2, 5]) {
      const found = compared([estimate({ completionTokens })], [aCall({ sent: 4 })], { stored });
      expect(found.wrong).toHaveLength(1);
    }
  });

  it.each<[string, Partial<LedgerRow>, UpstreamCall]>([
    ['a token too many', { completionTokens: 6 }, told()],
    ['a prompt of other length', { promptTokens: 101 }, told()],
    ['counts that nobody told', {}, aCall()],
    ['an estimate of what was told', { estimated: true }, told()],
    ['a row that is open', { isClosed: false }, told()],
    ['no counts at all', { estimated: true, completionTokens: null, costNanoUsd: 0 }, aCall()],
    ['an unknown price', { costNanoUsd: null }, told()],
    ['a wrong cost', { costNanoUsd: 1 }, told()],
    ['a price of nobody', { priceSource: null }, told()],
    [
      'a prompt that was refused',
      { estimated: true, completionTokens: 0, outcome: 'MODEL.RATE_LIMITED' },
      aCall({ took: false, sent: 0, words: [] }),
    ],
  ])('should find %s wrong', (_, row, call) => {
    const { equal, estimated, wrong } = compared([aRow(row)], [call]);
    expect({ equal, estimated, wrong: wrong.length }).toEqual({ equal: 0, estimated: 0, wrong: 1 });
  });

  it('should miss a call that has no row', () => {
    const other = told({ purpose: 'title' });
    expect(compared([aRow()], [told(), told(), other]).missing).toHaveLength(2);
  });

  it('should find a row doubled that stands for no call, but for one that was cut off before', () => {
    expect(compared([aRow(), aRow({ id: 2 })], [told()]).doubled).toHaveLength(1);
    const cut = estimate({ id: 2, completionTokens: 0 });
    expect(compared([aRow(), cut], [told()])).toMatchObject({ doubled: [], unheard: 1 });
  });

  it('should know repetitions and fallbacks apart', () => {
    const failed = { completionTokens: 0, promptTokens: 0, outcome: 'MODEL.UNAVAILABLE' };
    const rows = [
      estimate({ ...failed }),
      estimate({ ...failed, id: 2 }),
      aRow({ id: 3, model: 'other' }),
    ];
    const refused = aCall({ took: false, sent: 0, words: [] });
    const found = compared(rows, [refused, refused, told({ model: 'other' })]);
    expect(found).toMatchObject({ equal: 1, estimated: 2, wrong: [], missing: [], doubled: [] });
  });

  it('should name the largest gap of an estimate', () => {
    const rows = [estimate({ completionTokens: 3 }), estimate({ id: 2, n: 2 })];
    const { answerGap } = compared(rows, [aCall(), aCall({ n: 2 })]);
    expect(answerGap).toMatchObject({ ledger: 3, upstream: 5, row: { id: 1 } });
  });
});
