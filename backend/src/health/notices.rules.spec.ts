import { describe, expect, it } from '@jest/globals';
import { noticesOf, noticeWords } from './notices.rules.js';

describe(noticesOf.name, () => {
  it.each([
    [1, 'none', []],
    [1, 'away', []],
    [2, 'there', []],
    [2, 'none', ['SETUP.NO_REDIS']],
    [3, 'away', ['SETUP.REDIS_AWAY']],
  ] as const)('should be of %i processes, Redis being %s: %j', (processes, redis, codes) => {
    expect(noticesOf({ processes, redis, openSearch: undefined })).toEqual(codes);
  });

  it.each([
    ['away', 'SETUP.OPENSEARCH_AWAY'],
    ['outdated', 'SETUP.OPENSEARCH_OUTDATED'],
  ] as const)('should say that OpenSearch is %s', (openSearch, code) => {
    expect(noticesOf({ processes: 1, redis: 'none', openSearch })).toEqual([code]);
  });

  it('should say how many processes there are, in either language', () => {
    const sharing = { processes: 3 };
    expect(noticeWords('SETUP.NO_REDIS', sharing, 'en')).toMatch(/^3 Prosa processes .*REDIS_URL/);
    expect(noticeWords('SETUP.REDIS_AWAY', sharing, 'pt-BR')).toMatch(/^3 processos do Prosa/);
  });
});
