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

  it('should hide words, and not parts of longer ones', () => {
    const said = 'Ana come banana; Anabela, a Ana-Maria e JoAna viram 12, 120 e A\u0301na. Ana';
    const values = ['Ana', '12'].map((value) => ({ kind: 'X', value }));
    expect(new MaskedText(said).hiding(values).with(UNNAMED)).toBe(
      '[X] come banana; Anabela, a [X]-Maria e JoAna viram [X], 120 e A\u0301na. [X]',
    );
  });

  it('should hide what begins or ends with a sign beside any letter', () => {
    const values = [{ kind: 'X', value: '+55 11' }];
    expect(new MaskedText('tel+55 11, +55 119').hiding(values).with(UNNAMED)).toBe(
      'tel[X], +55 119',
    );
  });
});
