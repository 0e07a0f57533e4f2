import { describe, expect, it } from '@jest/globals';
import { builtInFiles } from '../../../../test/guardrails/built-in-rails.js';
import { MORE_THAN_LINEAR, timesCostlier } from '../../../../test/harness/growth.js';
import { compileRails, RuleRefused } from '../rail-files.js';
import { BlockedTerms } from './blocked-terms.js';
import { BLOCKED_TERMS_FILE, blockedTermsSchema } from './blocked-terms.file.js';

const builtIn = compileRails({
  [BLOCKED_TERMS_FILE]: builtInFiles()[BLOCKED_TERMS_FILE],
});

function railsOf(terms: readonly string[], allow: readonly string[] = []) {
  const file = blockedTermsSchema.parse({ lists: [{ name: 'own', terms }], allow });
  return compileRails({ [BLOCKED_TERMS_FILE]: file });
}

const foundIn = (text: string, rails = builtIn): string[] =>
  rails.find(text, 'input').map(({ start, end }) => text.slice(start, end));

describe(BlockedTerms.name, () => {
  it.each([
    ['seu MERDA!', 'MERDA'],
    ['mérda', 'mérda'],
    ['m3rd4', 'm3rd4'],
    ['a$$hole', 'a$$hole'],
    ['merd@', 'merd@'],
    ['sh!t', 'sh!t'],
    ['merdaaaa', 'merdaaaa'],
    ['mmmmerda', 'mmmmerda'],
    ['m.e.r.d.a', 'm.e.r.d.a'],
    ['ah m e r d a', 'm e r d a'],
    ['m.e.r d a', 'm.e.r d a'],
    ['mer-da', 'mer-da'],
    ['me\u200brda', 'me\u200brda'],
    ['mer\u00adda', 'mer\u00adda'],
    ['m\u0336e\u0336r\u0336d\u0336a\u0336', 'm\u0336e\u0336r\u0336d\u0336a'],
    ['ｍｅｒｄａ', 'ｍｅｒｄａ'],
    ['𝓂𝑒𝓇𝒹𝒶', '𝓂𝑒𝓇𝒹𝒶'],
    ['🇲🇪🇷🇩🇦', '🇲🇪🇷🇩🇦'],
    ['mеrdа', 'mеrdа'],
    ['filho   da\r\nputa', 'filho   da\r\nputa'],
    ['filho-da-puta', 'filho-da-puta'],
    ['vou te matar amanhã', 'vou te matar'],
    ['_puta_', 'puta'],
    ['😀puta😀', 'puta'],
  ])('should find what %j disguises', (text, found) => {
    expect(foundIn(text)).toEqual([found]);
  });

  it.each([
    'A disputa do computador, o deputado e a reputação.',
    'Um cuscuz para a analista de Essex, Scunthorpe, Penistone and Lightwater.',
    'A classic assessment of the cocktail, the Dickens novel and the shiitake mushroom.',
    'O pedido 71725 foi para 1337 e 455; id 3fda-9puta7-0c, sha 5f0d4.',
    'O pinto piou, o veado correu, o macaco subiu no pau e a cobra fumou.',
    'mer da, me rda, p ut a',
    'vou te ligar, vou matar a saudade, kill the process',
    'Kant, Wanka, Fukuoka, Schitt, Merida, Porrata, putamen',
  ])('should leave %j', (text) => {
    expect(foundIn(text)).toEqual([]);
  });

  it('should tell the longest term and none within it', () => {
    expect(foundIn('seu filho da puta, puta que pariu')).toEqual([
      'filho da puta',
      'puta que pariu',
    ]);
  });

  it('should find every word that begins as a term with a star', () => {
    const rails = railsOf(['trapac*']);
    expect(foundIn('Trapaceiro, trapaça e TRAPAÇAS; atrapaca', rails)).toEqual([
      'Trapaceiro',
      'trapaça',
      'TRAPAÇAS',
    ]);
  });

  it('should let pass what is allowed, and nothing else of it', () => {
    const rails = railsOf(['pinto'], ['pinto da costa', 'um pinto amarelo']);
    expect(foundIn('Pinto da Costa, um pinto amarelo e um pinto azul', rails)).toEqual(['pinto']);
  });

  it('should find short terms as they are written only', () => {
    const rails = railsOf(['cu']);
    expect(foundIn('cu, c u, c.u, cu2, kcu; CU!', rails)).toEqual(['cu', 'CU']);
  });

  it.each([
    ['…', 'no letter and no digit'],
    ['a*', 'at least 3 letters'],
    ['MÉRDA', 'same as lists.0.terms.0'],
  ])('should refuse the term %j', (term, reason) => {
    const compile = () => railsOf(['merda', term]);
    expect(compile).toThrow(RuleRefused);
    expect(compile).toThrow(reason);
    expect(compile).toThrow('rails/blocked_terms.yml lists.0.terms.1');
  });

  it('should refuse an empty list', () => {
    expect(() => railsOf([])).toThrow('terms');
  });

  it.each(['a', '@', 'a@', 'filho da ', 'p u t a ', '\u200b', '1-', 'é', 'vou te '])(
    'should take no more than linear time on many %j',
    (part) => {
      const work = (size: number) => builtIn.find(part.repeat(size), 'input');
      expect(timesCostlier(work, 4000)).toBeLessThan(MORE_THAN_LINEAR);
    },
  );
});
