import type { Usage } from '../api/contract';
import { costKind, hasMoreCalls, priceOrigin, traceAddress } from './receipt.rules';

const aUsage = (change: Partial<Usage> = {}): Usage => ({
  promptTokens: 12,
  completionTokens: 34,
  estimated: false,
  costUsd: 0.0012,
  ttftMs: 400,
  durationMs: 3200,
  ...change,
});

describe('receipt rules', () => {
  it('should never take an unknown cost for none', () => {
    expect(costKind(null)).toBe('unknown');
    expect(costKind(0)).toBe('free');
    expect(costKind(0.000000001)).toBe('sum');
  });

  it('should name a price list with its day', () => {
    const listed = { priceSource: '@pydantic/genai-prices 0.1.8', priceAsOf: '2026-09-23' };
    expect(priceOrigin(aUsage(listed))).toEqual({
      key: null,
      name: '@pydantic/genai-prices 0.1.8',
      day: '2026-09-23',
    });
    const agreed = priceOrigin(aUsage({ priceSource: 'MODELS_FILE', priceAsOf: '2026-11-01' }));
    expect(agreed).toMatchObject({ key: 'receipt.source-file', day: '2026-11-01' });
  });

  it('should leave out the day of a price that cannot grow old, and a price nobody knows', () => {
    const own = priceOrigin(aUsage({ priceSource: 'this machine', priceAsOf: '2026-11-21' }));
    expect(own).toMatchObject({ key: 'receipt.source-machine', day: null });
    expect(priceOrigin(aUsage({ priceSource: null }))).toBeNull();
    expect(priceOrigin(aUsage())).toBeNull();
  });

  it('should speak of calls only where there was more than one', () => {
    expect(hasMoreCalls(aUsage({ calls: 2 }))).toBe(true);
    expect(hasMoreCalls(aUsage({ calls: 1 }))).toBe(false);
    expect(hasMoreCalls(aUsage())).toBe(false);
  });

  it('should link to an address on the web only', () => {
    expect(traceAddress(aUsage({ traceUrl: 'https://smith.langchain.com/o/1/r/2' }))).toMatch(/^h/);
    expect(traceAddress(aUsage({ traceUrl: 'javascript:alert(1)' }))).toBeNull();
    expect(traceAddress(aUsage({ traceUrl: null }))).toBeNull();
  });
});
