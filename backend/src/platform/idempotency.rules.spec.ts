import { describe, expect, it } from '@jest/globals';
import { requestHash, requireKey } from './idempotency.rules.js';

describe(requireKey.name, () => {
  it('should take any 1 to 200 visible ASCII characters, or none', () => {
    expect(requireKey(undefined)).toBeNull();
    expect(requireKey('!~')).toBe('!~');
    expect(requireKey('k'.repeat(200))).toBe('k'.repeat(200));
  });

  it.each(['', ' ', 'a b', 'tab\t', 'ç', '\x7f', 'k'.repeat(201)])('should refuse %j', (key) => {
    expect(() => requireKey(key)).toThrow('RUN.KEY_INVALID');
  });

  it('should refuse a header that was sent twice', () => {
    expect(() => requireKey(['a', 'b'])).toThrow('RUN.KEY_INVALID');
  });
});

describe(requestHash.name, () => {
  it('should not depend on the order of fields, nor on absent ones', () => {
    expect(requestHash({ a: 1, b: 'x' })).toBe(requestHash({ b: 'x', a: 1, c: undefined }));
  });

  it('should tell every difference', () => {
    const hashes = [
      { kind: 'ask', prompt: 'a' },
      { kind: 'ask', prompt: 'a ' },
      { kind: 'ask', prompt: 'a', parentId: null },
      { kind: 'ask', prompt: 'a', parentId: 1 },
      { kind: 'ask', prompt: 'a', parentId: '1' },
      { kind: 'ask', prompt: 'a', knowledge: false },
      { kind: 'regenerate', prompt: 'a' },
    ].map(requestHash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});
