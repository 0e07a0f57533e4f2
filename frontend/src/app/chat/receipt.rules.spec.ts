import { aReceipt } from '../../testing/samples';
import { costKind, hasMoreCalls, hasTokens, priceOrigin, traceAddress } from './receipt.rules';

describe('receipt rules', () => {
  it('should never take an unknown cost for none', () => {
    expect(costKind(null, 'this machine')).toBe('unknown');
    expect(costKind(null, null)).toBe('unknown');
    expect(costKind(0.000000001, 'MODELS_FILE')).toBe('sum');
  });

  it('should call free only what runs on this machine', () => {
    expect(costKind(0, 'this machine')).toBe('free');
    expect(costKind(0, 'MODELS_FILE')).toBe('sum');
  });

  it('should say nothing of tokens where every call was turned away', () => {
    expect(hasTokens(aReceipt({ promptTokens: 0, completionTokens: 0 }))).toBe(false);
    expect(hasTokens(aReceipt({ promptTokens: null, completionTokens: null }))).toBe(false);
    expect(hasTokens(aReceipt({ promptTokens: 7, completionTokens: 0 }))).toBe(true);
  });

  it('should name a price list with its day', () => {
    const listed = { priceSource: '@pydantic/genai-prices 0.1.8', priceAsOf: '2026-09-23' };
    expect(priceOrigin(aReceipt(listed))).toEqual({
      key: null,
      name: '@pydantic/genai-prices 0.1.8',
      day: '2026-09-23',
    });
    const agreed = priceOrigin(aReceipt({ priceSource: 'MODELS_FILE', priceAsOf: '2026-11-01' }));
    expect(agreed).toMatchObject({ key: 'receipt.source-file', day: '2026-11-01' });
  });

  it('should leave out the day of a price that cannot grow old, and a price nobody knows', () => {
    const own = priceOrigin(aReceipt({ priceSource: 'this machine', priceAsOf: '2026-11-21' }));
    expect(own).toMatchObject({ key: 'receipt.source-machine', day: null });
    expect(priceOrigin(aReceipt({ priceSource: null }))).toBeNull();
  });

  it('should speak of calls only where there was more than one', () => {
    expect(hasMoreCalls(aReceipt({ calls: 2 }))).toBe(true);
    expect(hasMoreCalls(aReceipt({ calls: 1 }))).toBe(false);
  });

  it('should link to an address on the web only', () => {
    expect(traceAddress(aReceipt({ traceUrl: 'https://smith.langchain.com/o/1/r/2' }))).toMatch(
      /^h/,
    );
    expect(traceAddress(aReceipt({ traceUrl: 'javascript:alert(1)' }))).toBeNull();
    expect(traceAddress(aReceipt({ traceUrl: null }))).toBeNull();
  });
});
