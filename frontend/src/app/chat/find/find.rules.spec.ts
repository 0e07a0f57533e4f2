import { matchesIn, soughtWords } from './find.rules';

const found = (text: string, query: string): string[] =>
  matchesIn(text, soughtWords(query)).map(([start, end]) => text.slice(start, end));

describe(matchesIn.name, () => {
  it('should find words whatever their accents and case', () => {
    expect(found('O coração e o CORACAO, não a cor.', 'coração')).toEqual(['coração', 'CORACAO']);
    expect(found('cafe\u0301 ruim', 'café')).toEqual(['cafe\u0301']);
  });

  it('should take the last word for a beginning, and no other', () => {
    expect(found('relatório do relato', 'relat')).toEqual(['relatório', 'relato']);
    expect(found('relatório de vendas', 'relat vend')).toEqual(['vendas']);
  });

  it('should find nothing by nothing', () => {
    expect(found('um texto', '')).toEqual([]);
    expect(found('um texto', ' -*" ')).toEqual([]);
  });
});
