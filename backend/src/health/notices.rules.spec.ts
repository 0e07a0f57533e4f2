import { describe, expect, it } from '@jest/globals';
import { noticesOf, noticeWords } from './notices.rules.js';

const NOTHING = {
  processes: 1,
  redis: 'none',
  openSearch: undefined,
  railsFolder: [],
  lacksEmbeddings: false,
  policy: undefined,
} as const;

const aProblem = (line: number) => ({
  file: 'rails/greetings.yml',
  line,
  column: 1,
  message: { en: 'is wrong', 'pt-BR': 'está errado' },
});

describe(noticesOf.name, () => {
  it.each([
    [1, 'none', []],
    [1, 'away', []],
    [2, 'there', []],
    [2, 'none', ['SETUP.NO_REDIS']],
    [3, 'away', ['SETUP.REDIS_AWAY']],
  ] as const)('should be of %i processes, Redis being %s: %j', (processes, redis, codes) => {
    expect(noticesOf({ ...NOTHING, processes, redis })).toEqual(codes);
  });

  it.each([
    ['away', 'SETUP.OPENSEARCH_AWAY'],
    ['outdated', 'SETUP.OPENSEARCH_OUTDATED'],
  ] as const)('should say that OpenSearch is %s', (openSearch, code) => {
    expect(noticesOf({ ...NOTHING, openSearch })).toEqual([code]);
  });

  it('should say how many processes there are, in either language', () => {
    const sharing = { ...NOTHING, processes: 3 };
    expect(noticeWords('SETUP.NO_REDIS', sharing, 'en')).toMatch(/^3 Prosa processes .*REDIS_URL/);
    expect(noticeWords('SETUP.REDIS_AWAY', sharing, 'pt-BR')).toMatch(/^3 processos do Prosa/);
  });

  it('should say where the folder of rails is broken, the first few places by name', () => {
    const broken = { ...NOTHING, railsFolder: [1, 2, 3, 4].map(aProblem) };
    expect(noticesOf(broken)).toEqual(['GUARDRAIL.FOLDER_BROKEN']);
    expect(noticeWords('GUARDRAIL.FOLDER_BROKEN', broken, 'pt-BR')).toContain(
      'rails/greetings.yml:1 está errado; rails/greetings.yml:2 está errado; rails/greetings.yml:3 está errado; …',
    );
  });

  it('should say which published policy this Prosa cannot read', () => {
    const unread = { ...NOTHING, policy: { id: 7, problems: [aProblem(9)] } };
    expect(noticesOf(unread)).toEqual(['GUARDRAIL.POLICY_UNREADABLE']);
    expect(noticeWords('GUARDRAIL.POLICY_UNREADABLE', unread, 'en')).toMatch(
      /^Version 7 .*rails\/greetings.yml:9 is wrong/,
    );
  });
});
