import { MORE_THAN_LINEAR, timesCostlier } from '../../test/harness/growth.js';
import { describe, expect, it } from '@jest/globals';
import { preferredLanguage } from './language.rules.js';

describe(preferredLanguage.name, () => {
  it.each([
    [undefined, 'pt-BR'],
    ['', 'pt-BR'],
    ['*', 'pt-BR'],
    ['en', 'en'],
    ['EN-gb', 'en'],
    ['pt', 'pt-BR'],
    ['pt-PT, en;q=0.9', 'pt-BR'],
    ['de, fr', 'pt-BR'],
    ['de, en;q=0.1', 'en'],
    ['en;q=0.5, pt;q=0.9', 'pt-BR'],
    ['pt;q=0.5 , en ; q=0.9', 'en'],
    ['en;q=0, pt;q=0.1', 'pt-BR'],
    ['en;q=0', 'pt-BR'],
    ['en;level=1;q=0.4, pt;q=0.3', 'en'],
    ['en, pt', 'en'],
    ['english', 'pt-BR'],
    [',;q=,;;', 'pt-BR'],
  ] as const)('should answer %j in %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });

  it('should take no longer for a hostile header', () => {
    const costlier = timesCostlier((size) => preferredLanguage('a;q=0.'.repeat(size)), 5000);
    expect(costlier).toBeLessThan(MORE_THAN_LINEAR);
  });
});
