import { highlight } from './highlight.rules';

const PASSAGE =
  'Qualquer das partes pode rescindir com aviso prévio de sessenta dias. A multa por rescisão ' +
  'antecipada é de 10% do valor restante do contrato.\nO preço é de R$ 12.500,00 por mês.';

const markedIn = (passage: string, claim: string): string[] =>
  highlight(passage, claim)
    .filter(({ marked }) => marked)
    .map(({ text }) => text);

describe(highlight.name, () => {
  it('should mark what the claim puts in quotation marks, however they are written', () => {
    expect(markedIn(PASSAGE, 'A multa é de “10% DO VALOR  restante”')).toEqual([
      '10% do valor restante',
    ]);
    expect(markedIn(PASSAGE, 'Diz: "aviso previo de sessenta dias"')).toEqual([
      'aviso prévio de sessenta dias',
    ]);
  });

  it('should mark each part of a quotation that leaves something out', () => {
    expect(markedIn(PASSAGE, '“Qualquer das partes […] sessenta dias”')).toEqual([
      'Qualquer das partes',
      'sessenta dias',
    ]);
  });

  it('should mark the whole claim where it is nothing but a quotation', () => {
    expect(markedIn(PASSAGE, 'O preço é de R$ 12.500,00 por mês.')).toEqual([
      'O preço é de R$ 12.500,00 por mês',
    ]);
  });

  it('should mark the sentence that shares most words with a claim that quotes nothing', () => {
    expect(markedIn(PASSAGE, 'Quem rescinde antes paga multa de 10% do valor restante')).toEqual([
      'A multa por rescisão antecipada é de 10% do valor restante do contrato.',
    ]);
  });

  it('should mark nothing that has little to do with the claim', () => {
    expect(markedIn(PASSAGE, 'As férias coletivas começam em dezembro')).toEqual([]);
    expect(markedIn(PASSAGE, '')).toEqual([]);
    expect(markedIn('', 'uma afirmação qualquer')).toEqual([]);
  });

  it('should give the passage back whole, whatever is marked', () => {
    const odd = 'ﬁm “citado” İstanbul 👩‍👩‍👧 e\u0301 — ﬁnal de contas';
    for (const claim of ['"citado" e mais', 'final de contas', '👩‍👩‍👧', odd]) {
      expect(
        highlight(odd, claim)
          .map(({ text }) => text)
          .join(''),
      ).toBe(odd);
    }
    expect(markedIn(odd, 'final de contas')).toEqual(['ﬁnal de contas']);
  });
});
