import { describe, expect, it } from '@jest/globals';
import { MORE_THAN_LINEAR, timesCostlier } from '../../test/harness/growth.js';
import { maskPersonalData } from './personal-data.rules.js';

describe('masking personal data', () => {
  it.each([
    ['CPF 529.982.247-25 da Ana', 'CPF [CPF] da Ana'],
    ['cpf 52998224725.', 'cpf [CPF].'],
    ['CNPJ 11.222.333/0001-81', 'CNPJ [CNPJ]'],
    ['CNPJ 12.ABC.345/01DE-35', 'CNPJ [CNPJ]'],
    ['cartão 4111 1111 1111 1111, por favor', 'cartão [CARD], por favor'],
    ['escreva a joao.silva+x@empresa.com.br ou ligue', 'escreva a [EMAIL] ou ligue'],
    ['(11) 98765-4321 e +55 81 3222-1000', '[PHONE] e [PHONE]'],
    ['de Lisboa: +351 21 123 4567', 'de Lisboa: [PHONE]'],
    ['CEP 01310-100', 'CEP [CEP]'],
    ['servidor 10.0.12.7', 'servidor [IP]'],
  ])('should mask %s', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it.each([
    'CPF 529.982.247-26, com dígito errado',
    'pedido 11111111111',
    'CNPJ 11.222.333/0001-82',
    'cartão 4111 1111 1111 1112',
    'versão 1.2.3, de 2024-11-21, às 10:30',
    'R$ 1.234.567,89 em 12 parcelas',
    'artigo 5º, inciso XII',
    '999.999.999.999',
    'protocolo 20241121000123',
  ])('should leave %s', (text) => {
    expect(maskPersonalData(text)).toBe(text);
  });

  it.each(['1', '1 ', '1-', 'a@', 'a.', '(11) ', '+1 ', '12.ABC.'])(
    'should take no more than linear time on many %j',
    (part) => {
      const work = (size: number) => maskPersonalData(part.repeat(size));
      expect(timesCostlier(work, 4000)).toBeLessThan(MORE_THAN_LINEAR);
    },
  );
});
