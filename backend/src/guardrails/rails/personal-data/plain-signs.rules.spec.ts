import { describe, expect, it } from '@jest/globals';
import { maskPersonalData } from '../../personal-data.rules.js';
import { plainSigns } from './plain-signs.rules.js';

describe(plainSigns, () => {
  it('should give plain signs, unit for unit', () => {
    expect(plainSigns('５２９.982‑247–25\u202f＠ — ç 😀')).toBe('529.982-247-25 @ — ç 😀');
    expect(plainSigns('nada a trocar')).toBe('nada a trocar');
  });

  it.each([
    '529.982.247\u201125',
    '529.982.247\u201325',
    '529.982.247\u221225',
    '529\u202f982\u202f247\u202f25',
    '５２９．９８２．２４７－２５',
  ])('should let data be found as word processors and keyboards write it: %s', (written) => {
    expect(maskPersonalData(`😀 CPF ${written}, obrigada`)).toBe('😀 CPF [CPF], obrigada');
  });

  it('should find no more in dashes of prose', () => {
    const prose = 'De 2019–2024, páginas 10–20 — e o pedido 123456789–00 — nada.';
    expect(maskPersonalData(prose)).toBe(prose);
  });
});
