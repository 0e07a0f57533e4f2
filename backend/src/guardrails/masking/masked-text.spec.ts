import { describe, expect, it } from '@jest/globals';
import { MaskedText, UNNAMED } from './masked-text.js';

const text = 'Sou João Silva, CPF 529.982.247-25, de Araraquara';
const start = text.indexOf('529');
const masked = new MaskedText(text, [{ start, end: start + 14, by: { kind: 'CPF' } }]);
const shown = masked.with(UNNAMED);

const plainOf = (part: string): string[] => {
  const from = shown.indexOf(part);
  return masked.plainIn(UNNAMED, from, from + part.length);
};

describe(MaskedText.name, () => {
  it('should say what of a part of the shown text is the text itself', () => {
    expect(shown).toBe('Sou João Silva, CPF [CPF], de Araraquara');
    expect(plainOf('João Silva')).toEqual(['João Silva']);
    expect(plainOf('Araraquara')).toEqual(['Araraquara']);
    expect(plainOf('Silva, CPF [CPF], de Arar')).toEqual(['Silva, CPF ', ', de Arar']);
    expect(plainOf('[CPF]')).toEqual([]);
    expect(plainOf('CPF] , x'.slice(0, 4))).toEqual([]);
  });

  it('should hide around what is hidden already', () => {
    const values = plainOf('Silva, CPF [CPF], de Araraquara').map((value) => ({
      ...{ kind: 'PLACE', value },
    }));
    expect(masked.hiding(values).with(UNNAMED)).toBe('Sou João [PLACE][CPF][PLACE]');
  });
});
