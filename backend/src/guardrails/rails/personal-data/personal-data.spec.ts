import { describe, expect, it } from '@jest/globals';
import { maskPersonalData } from '../../personal-data.rules.js';
import { NumberMaker, written } from '../../../../test/guardrails/generated-numbers.js';

const MANY = 600;

const CPF_FORMS = ['###.###.###-##', '#########-##', '###########', '### ### ### ##'];
const CNPJ_FORMS = ['##.###.###/####-##', '########/####-##', '##############'];
const CARD_FORMS = ['#### #### #### ####', '####-####-####-####', '################'];

const SENTENCES = [
  (value: string) => `O cliente informou ${value} no cadastro.`,
  (value: string) => `Segue: ${value}. Pode conferir?`,
  (value: string) => `dados do fornecedor (${value}), urgente`,
  (value: string) => `Oi, tudo bem? é ${value} mesmo, obrigada`,
];
const NEAR_MISSES = [
  (make: NumberMaker) => `O pedido ${make.digits(11)} saiu para entrega.`,
  (make: NumberMaker) => `Protocolo de atendimento: ${make.digits(14)}`,
  (make: NumberMaker) =>
    `Processo ${written(make.digits(20), '#######-##.####.#.##.####')} do tribunal`,
  (make: NumberMaker) => `Nota fiscal ${make.digits(44)} emitida hoje`,
  (make: NumberMaker) =>
    `Boleto ${written(make.digits(47), '#####.##### #####.###### #####.###### # ##############')}`,
  (make: NumberMaker) => `Código de rastreio ${make.digits(16)}, ref. da encomenda`,
  (make: NumberMaker) => `CPF ${written(make.cpf(false), '###.###.###-##')} com dígito errado`,
  (make: NumberMaker) => `CNPJ ${written(make.cnpj(false, false), '##.###.###/####-##')} inválido`,
  (make: NumberMaker) => `CNPJ ${written(make.cnpj(true, false), '##.###.###/####-##')} inválido`,
  (make: NumberMaker) => `cartão ${make.card(false)} recusado`,
  (make: NumberMaker) => `Valor de R$ ${written(make.digits(9), '#.###.###,##')} em 12 vezes`,
  (make: NumberMaker) => `Reunião em ${written(make.digits(8), '##/##/####')}, versão 2.10.3.4`,
];

describe('numbers with check digits', () => {
  const make = new NumberMaker(20261122);
  const right: [string, string][] = [];
  for (let n = 0; n < MANY; n += 1) {
    const card = make.card();
    const forms: readonly (readonly [string, string])[] = [
      ['[CPF]', written(make.cpf(), make.oneOf(CPF_FORMS))],
      ['[CNPJ]', written(make.cnpj(false), make.oneOf(CNPJ_FORMS))],
      ['[CNPJ]', written(make.cnpj(true), '##.###.###/####-##')],
      ['[CARD]', card.length === 16 ? written(card, make.oneOf(CARD_FORMS)) : card],
    ];
    const [mark, value] = make.oneOf(forms);
    const sentence = make.oneOf(SENTENCES);
    right.push([sentence(value), sentence(mark)]);
  }

  it('should be found, 98 of 100 at least', () => {
    const found = right.filter(([text, masked]) => maskPersonalData(text) === masked);
    expect(found.length / right.length).toBeGreaterThanOrEqual(0.98);
  });

  it('should be told from orders, processes, boletos and wrong digits, 99 of 100 at least', () => {
    const misses = Array.from({ length: MANY }, () => make.oneOf(NEAR_MISSES)(make));
    const wrong = misses.filter((text) => maskPersonalData(text) !== text);
    const found = right.filter(([text, masked]) => maskPersonalData(text) === masked);
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(found.length / (found.length + wrong.length)).toBeGreaterThanOrEqual(0.99);
  });
});

describe('what a word of context tells', () => {
  it.each([
    ['meu whats é 11987654321', 'meu whats é [PHONE]'],
    ['me liga no 3222-1000', 'me liga no [PHONE]'],
    ['(11) 98765-4321', '[PHONE]'],
    ['CEP: 01310100', 'CEP: [CEP]'],
    ['o cep daqui é 01310-100', 'o cep daqui é [CEP]'],
    ['RG nº 12.345.678-X, SSP', 'RG nº [RG], SSP'],
    ['CNH 62472927637', 'CNH [CNH]'],
    ['PIS 120.64551.47-8', 'PIS [PIS]'],
    ['título de eleitor 0043 5687 0906', 'título de eleitor [TITULO]'],
    ['chave pix: 123e4567-e89b-42d3-a456-426614174000', 'chave pix: [PIX]'],
    ['pix 11987654321', 'pix [PHONE]'],
    ['de GB59 NAWV 7713 6867 0493 56 para cá', 'de [IBAN] para cá'],
    ['fe80::1ff:fe23:4567:890a caiu', '[IP] caiu'],
  ])('should mask %s', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it.each([
    'o número 11987654321 saiu no sorteio',
    'são 01310-100 unidades',
    'id 123e4567-e89b-42d3-a456-426614174000',
    'ligue para 0800 722 3030',
    'CPF 529.982.247-26; ligue depois',
    'std::vector<int> e às 10:30:45',
    'versão 10.2.3.4 do driver',
    'git@github.com:prosa/prosa.git',
  ])('should leave %s', (text) => {
    expect(maskPersonalData(text)).toBe(text);
  });
});
