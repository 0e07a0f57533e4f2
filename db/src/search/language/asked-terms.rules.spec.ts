import { describe, expect, it } from '@jest/globals';
import { askedTerms, stemsFor } from './asked-terms.rules.js';
import { stemsToIndex, type TextLanguage } from './text-words.rules.js';

/** Words of a question that a text of the other language can be found by. */
function met(question: string, asked: TextLanguage, text: string, written: TextLanguage): number {
  const indexed = new Set(stemsToIndex(text, written));
  return askedTerms(question, asked, 24).filter((term) =>
    stemsFor(term).some((stem) => indexed.has(stem)),
  ).length;
}

describe('askedTerms', () => {
  it('should find a Portuguese text by an English question', () => {
    const text = 'As férias são pedidas com 45 dias de antecedência.';
    expect(met('How far in advance is a vacation requested?', 'en', text, 'pt-BR')).toBeGreaterThan(
      1,
    );
  });

  it('should find an English text by a Portuguese question', () => {
    const text = 'Either party may terminate the agreement with 90 days notice.';
    expect(met('Qual o aviso para a rescisão do contrato?', 'pt-BR', text, 'en')).toBe(3);
  });

  it('should find what is derived otherwise in the same language', () => {
    expect(met('Quanto custa secar?', 'pt-BR', 'A secagem tem custo.', 'pt-BR')).toBe(2);
  });

  it('should keep apart what was asked and what means the same', () => {
    const [term] = askedTerms('férias', 'pt-BR', 24);
    expect(term?.own).toContain('feri');
    expect(term?.alike).toEqual(expect.arrayContaining(['vac', 'holidai']));
    expect(term?.alike).not.toContain('feri');
  });

  it('should leave a word alone that it does not know', () => {
    expect(askedTerms('Nordkorn', 'en', 24)).toEqual([
      { own: expect.arrayContaining(['nordkorn']) as unknown, alike: [] },
    ]);
  });
});
