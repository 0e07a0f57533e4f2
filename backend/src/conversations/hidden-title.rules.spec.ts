import { describe, expect, it } from '@jest/globals';
import { hiddenIn } from './hidden-title.rules.js';

describe(hiddenIn.name, () => {
  it.each([
    ['Servidor 10.0.0.12', { '[IP_1]': '10.0.0.1', '[IP_2]': '10.0.0.12' }, 'Servidor [IP_2]'],
    [
      'Contrato de Ana Souza',
      { '[NAME_1]': 'Ana', '[NAME_2]': 'Ana Souza' },
      'Contrato de [NAME_2]',
    ],
    [
      'De ana@x.com.br a ana@x.com',
      { '[EMAIL_1]': 'ana@x.com', '[EMAIL_2]': 'ana@x.com.br' },
      'De [EMAIL_2] a [EMAIL_1]',
    ],
    [
      'Ana tem 1 filho, CPF 529.982.247-25',
      { '[CPF_1]': '529.982.247-25', '[AGE_1]': '1' },
      'Ana tem [AGE_1] filho, CPF [CPF_1]',
    ],
    ['Ana come banana', { '[NAME_1]': 'Ana' }, '[NAME_1] come banana'],
    ['私の名前は田中です', { '[NAME_1]': '田中' }, '私の名前は[NAME_1]です'],
  ])('should store %j without its values', (title, values, stored) => {
    expect(hiddenIn(title, new Map(Object.entries(values)))).toBe(stored);
  });

  it('should not outgrow its column, nor end within a placeholder', () => {
    const emails = Array.from({ length: 25 }, (_, n) => `${String.fromCharCode(97 + n)}@b.co`);
    const values = new Map(emails.map((email, n) => [`[EMAIL_${String(n + 1)}]`, email]));
    const stored = hiddenIn(emails.join(' '), values);
    expect(stored.length).toBeLessThanOrEqual(255);
    expect(stored).toMatch(/^(?:\[EMAIL_\d+\] ?)+$/);
  });
});
