import { partsOf } from './found-text.rules';

const cpf = { rail: 'personal-data', rule: 'cpf', action: 'mask' };

describe(partsOf.name, () => {
  it('should cut a text at what was found, and lose nothing of it', () => {
    const text = 'Meu CPF é 529.982.247-25, obrigado';
    const parts = partsOf(text, [{ ...cpf, start: 10, end: 24 }]);
    expect(parts.map((part) => part.text)).toEqual(['Meu CPF é ', '529.982.247-25', ', obrigado']);
    expect(parts[1]?.found).toEqual(cpf);
    expect(parts[0]?.found).toBeNull();
  });

  it('should show the first of what overlaps, whatever its order', () => {
    const parts = partsOf('abcdef', [
      { ...cpf, rule: 'second', start: 2, end: 5 },
      { ...cpf, rule: 'first', start: 1, end: 4 },
      { ...cpf, rule: 'empty', start: 5, end: 5 },
    ]);
    expect(parts.map(({ text, found }) => [text, found?.rule])).toEqual([
      ['a', undefined],
      ['bcd', 'first'],
      ['ef', undefined],
    ]);
  });
});
