import { describe, expect, it } from '@jest/globals';
import { cutAnywhere, streamed, unitByUnit } from '../../../../test/guardrails/cut-texts.js';
import { builtInFiles } from '../../../../test/guardrails/built-in-rails.js';
import { NumberMaker, written } from '../../../../test/guardrails/generated-numbers.js';
import { maskPersonalData } from '../../personal-data.rules.js';
import { compileRails } from '../rail-files.js';
import { PERSONAL_DATA_FILE } from './personal-data.file.js';

/** Each trick once or more, in both languages: what is written, and what is left of it. */
const TRICKS: readonly (readonly [trick: string, text: string, masked: string])[] = [
  ['soft hyphen', 'meu CPF 529.\u00ad982.247-25 ok', 'meu CPF [CPF] ok'],
  ['zero width space', 'my cpf is 5\u200b2\u200b9\u200b98224725.', 'my cpf is [CPF].'],
  ['joiner', 'cartão 4111\u200d1111\u200d1111\u200d1111', 'cartão [CARD]'],
  ['word joiner', 'CNPJ 11.222.333\u2060/0001-81', 'CNPJ [CNPJ]'],
  ['variation selector', 'card 4111 1111 1111 1\ufe0f111 expires', 'card [CARD] expires'],
  ['bidi marks', 'CPF \u202e529.982.247-25\u202c fim', 'CPF \u202e[CPF]\u202c fim'],
  ['bidi isolates', 'ID \u2066529.982.\u2069247-25', 'ID \u2066[CPF]'],
  ['tags', 'o cpf 529\u{e0020}98224725', 'o cpf [CPF]'],
  ['keycaps', 'cpf 5️⃣2️⃣9️⃣9️⃣8️⃣2️⃣2️⃣4️⃣7️⃣2️⃣5', 'cpf [CPF]'],
  ['struck through', 'cpf 5\u03362\u03369\u03369\u03368224725', 'cpf [CPF]'],
  ['hidden in an address', 'escreva a jo\u200bao@empre\u00adsa.com.br', 'escreva a [EMAIL]'],
  [
    'hidden in a word',
    'c\u200bpf 62472927637; c\u200bnh 62472927637',
    'c\u200bpf 62472927637; c\u200bnh [CNH]',
  ],
  ['line break', 'CPF 529.982.\n247-25 do titular', 'CPF [CPF] do titular'],
  ['line break, CRLF', 'card 4111 1111\r\n1111 1111 ok', 'card [CARD] ok'],
  ['line break and indent', 'cartão 4111-1111-\n    1111-1111', 'cartão [CARD]'],
  ['several blanks', 'o número é 529  982  247  25 mesmo', 'o número é [CPF] mesmo'],
  ['blanks around signs', 'sou 529 . 982 . 247 - 25, oi', 'sou [CPF], oi'],
  ['tabs', 'card number 4111\t1111\t1111\t1111', 'card number [CARD]'],
  ['no-break spaces', 'IBAN GB59\u00a0NAWV\u00a07713\u00a06867\u00a00493\u00a056', 'IBAN [IBAN]'],
  ['no-break spaces', 'cpf 529\u00a0982\u00a0247\u00a025', 'cpf [CPF]'],
  ['thin spaces', 'visa 4111\u20091111\u20091111\u20091111', 'visa [CARD]'],
  ['Arabic-Indic digits', 'CPF ٥٢٩.٩٨٢.٢٤٧-٢٥ aqui', 'CPF [CPF] aqui'],
  ['Persian digits', 'card ۴۱۱۱ ۱۱۱۱ ۱۱۱۱ ۱۱۱۱', 'card [CARD]'],
  ['Devanagari digits', 'cpf ५२९९८२२४७२५', 'cpf [CPF]'],
  ['full width', 'CPF ５２９．９８２．２４７－２５ 。', 'CPF [CPF] 。'],
  ['full width', 'ｊｏａｏ＠ｅｍｐｒｅｓａ．ｃｏｍ disse', '[EMAIL] disse'],
  ['mathematical digits', 'CPF 𝟓𝟐𝟗.𝟗𝟖𝟐.𝟐𝟒𝟕-𝟐𝟓 😀', 'CPF [CPF] 😀'],
  ['mathematical digits', 'card 𝟺𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷!', 'card [CARD]!'],
  ['mathematical letters', '𝓳𝓸𝓪𝓸@𝓮𝓶𝓹𝓻𝓮𝓼𝓪.com', '[EMAIL]'],
  ['hyphens of programs', 'CPF 529.982.247\u201125 e 529.982.247\u201325', 'CPF [CPF] e [CPF]'],
  ['minus signs', '529.982.247\u221225 e 529\u202f982\u202f247\u202f25', '[CPF] e [CPF]'],
  ['joined by a comma', '529.982.247-25,111.444.777-35', '[CPF],[CPF]'],
  ['joined by a comma, bare', 'cpfs:52998224725,11144477735', 'cpfs:[CPF],[CPF]'],
  ['joined by a slash', '529.982.247-25/111.444.777-35.', '[CPF]/[CPF].'],
  ['joined by a hyphen', 'são 52998224725-11144477735 os dois', 'são [CPF]-[CPF] os dois'],
  ['joined by a full stop', '529.982.247-25.111.444.777-35', '[CPF].[CPF]'],
  ['joined by a blank', '52998224725 11144477735 52998224725', '[CPF] [CPF] [CPF]'],
  ['joined by other signs', '52998224725;11144477735|52998224725', '[CPF];[CPF]|[CPF]'],
  ['row of values', '17,52998224725,34,SP', '17,[CPF],34,SP'],
  ['row of values', 'id,cpf\n12,529.982.247-25\n13,111.444.777-35', 'id,cpf\n12,[CPF]\n13,[CPF]'],
  ['row of values', '1,4111111111111111,12,ana@exemplo.com', '1,[CARD],12,[EMAIL]'],
  ['JSON', '{"cpf":"52998224725","idade":34}', '{"cpf":"[CPF]","idade":34}'],
  ['JSON, a number', '{"cpf":52998224725,"n":1}', '{"cpf":[CPF],"n":1}'],
  ['JSON in JSON', '{\\"doc\\":\\"529.982.247-25\\"}', '{\\"doc\\":\\"[CPF]\\"}'],
  ['JSON, a list', '{"cpfs":[52998224725,11144477735]}', '{"cpfs":[[CPF],[CPF]]}'],
  ['JSON, a line', '"Nome: Ana\\n52998224725\\nfim"', '"Nome: Ana\\n[CPF]\\nfim"'],
  ['query', '/busca?cpf=52998224725&x=1', '/busca?cpf=[CPF]&x=1'],
  ['query, escaped', '/b?q=cpf%3D529.982.247-25%26x', '/b?q=cpf%3D[CPF]%26x'],
  ['query, escaped', '?email=joao%40empresa.com.br&b', '?email=[EMAIL]&b'],
  ['query, escaped', '?c=11.222.333%2F0001-81', '?c=[CNPJ]'],
  ['Markdown', 'CPF 529\\.982\\.247\\-25', 'CPF [CPF]'],
  ['spelled', 'meu contato: joao [at] empresa [dot] com', 'meu contato: [EMAIL]'],
  ['spelled', 'joao(arroba)empresa.com.br responde', '[EMAIL] responde'],
  ['spelled', 'é joao.silva arroba gmail ponto com ponto br!', 'é [EMAIL]!'],
  ['spelled', 'ana_p arroba hotmail.com', '[EMAIL]'],
  ['spelled', 'my email is jane.doe at example dot com, thanks', 'my email is [EMAIL], thanks'],
  ['spelled', 'write to jane{at}example(dot)co(dot)uk now', 'write to [EMAIL] now'],
  ['spelled', 'ana[@]exemplo[.]com.br e ana@exemplo[ponto]org', '[EMAIL] e [EMAIL]'],
];

/** What looks like a trick, and is nobody's data. */
const HARMLESS = [
  'De 2019–2024, páginas 10–20 — e o pedido 123456789–00 — nada.',
  'Processo 0001234-56.2024.8.26.0100, fls. 12 - 15',
  'NF-e 3525 0411 2223 3300 0181 5500 1000 0012 3410 0012 3456',
  'NF-e 3525  0411  2223  3300  0181  5500  1000  0012  3410',
  'boleto 34191.79001 01043.510047 91020.150008 6 12340000012345',
  'EAN 7891000315507 e 7891910000197',
  'vendas: 2019  2020  2021  2022',
  'ano\tq1\tq2\tq3\n2021\t4111\t1111\t1111',
  '529\n982\n247\n25',
  'linhas 529 982\n247 25 do relatório',
  'R$ 52998224725,34 no total',
  'taxa de 0,52998224725 ao mês',
  'rate of 0.52998224725 a month',
  'versão 529.982.247-25.3',
  '529.982.247-25/111.444.777-36',
  'order 52998224725,50',
  'CPF 529.\u200b982.247-26 com dígito errado',
  '٥٢٩.٩٨٢.٢٤٧-٢٦',
  'm², CO₂, 10² e a nota¹',
  'look at example dot com for more',
  'email us at example dot com or see us at example.com',
  'We arrive at noon. Dot com firms followed.',
  'duas arrobas de boi, e uma arroba ponto final',
  'função(at) x.y; arr[at] = 1.5',
  'C:\\novo\\relatorio.txt tem 10%20 linhas',
  'desconto de 10%2025 ou 5%40',
];

const rails = compileRails({ [PERSONAL_DATA_FILE]: builtInFiles()[PERSONAL_DATA_FILE] });

describe('personal data written with tricks', () => {
  it.each(TRICKS)('should be found: %s, in %j', (_, text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it.each(HARMLESS)('should not be seen in %j', (text) => {
    expect(maskPersonalData(text)).toBe(text);
  });

  it('should be the same whole, by units, and cut at every position', () => {
    let positions = 0;
    for (const text of [...TRICKS.map(([, text]) => text), ...HARMLESS]) {
      const framed = `Olá, Ana: ${text} e fim. Depois disso mais nada.`;
      const whole = rails.find(framed, 'output');
      const told = JSON.stringify(whole);
      for (const pieces of [unitByUnit(framed), ...cutAnywhere(framed)]) {
        const { findings } = streamed(rails, pieces, 'output');
        if (JSON.stringify(findings) !== told) expect({ pieces, findings }).toEqual(whole);
        positions += 1;
      }
    }
    expect(positions).toBeGreaterThan(5000);
  });

  it('should let prose go as soon as its word is over', () => {
    const prose =
      'A frase diz que o navio chegou à cidade, e que arroba é um peso. At last it ends.';
    const { held } = streamed(rails, unitByUnit(prose), 'output');
    expect(Math.max(...held)).toBeLessThanOrEqual('é arroba é'.length + 6);
  });
});

/** One trick upon any number. */
const DRESSES: readonly ((number: string, make: NumberMaker) => string)[] = [
  (number) => [...number].join('\u200b'),
  (number, make) =>
    number.replace(/\d(?=\d)/g, (digit) => (make.below(3) ? digit : `${digit}\u00ad`)),
  (number, make) =>
    number.replace(/\d/, (digit) => `${digit}${'\u2060'.repeat(1 + make.below(20))}`),
  (number) => number.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  (number) => number.replace(/\d/g, (digit) => String.fromCodePoint(0x1d7ce + Number(digit))),
  (number) => number.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  (number) => number.replace(/-/g, '\u2011').replace(/ /g, '\u00a0'),
  (number) => number.replace(/([./-])/, '$1\n'),
  (number) => encodeURIComponent(number),
];
const FORMS: readonly (readonly [kind: 'cpf' | 'cnpj' | 'card', mark: string, form: string])[] = [
  ['cpf', '[CPF]', '###.###.###-##'],
  ['cpf', '[CPF]', '###########'],
  ['cnpj', '[CNPJ]', '##.###.###/####-##'],
  ['card', '[CARD]', '####-####-####-####'],
];

describe('numbers of chance, dressed up', () => {
  const make = new NumberMaker(20261123);
  const numberOf = (kind: 'cpf' | 'cnpj' | 'card', isRight: boolean): string => {
    if (kind === 'cpf') return make.cpf(isRight);
    if (kind === 'cnpj') return make.cnpj(false, isRight);
    let card = make.card(isRight);
    while (card.length !== 16) card = make.card(isRight);
    return card;
  };
  const dressed = (isRight: boolean) =>
    Array.from({ length: 900 }, () => {
      const [kind, mark, form] = make.oneOf(FORMS);
      const number = make.oneOf(DRESSES)(written(numberOf(kind, isRight), form), make);
      const frame = make.oneOf(['Segue (', 'the value: "', 'dado=', '']);
      return { text: `${frame}${number}; ok`, masked: `${frame}${mark}; ok` };
    });

  it('should be found, 98 of 100 at least, with 99 of 100 findings right', () => {
    const right = dressed(true).filter(({ text, masked }) => maskPersonalData(text) === masked);
    const wrong = dressed(false).filter(({ text }) => maskPersonalData(text) !== text);
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(right.length / 900).toBeGreaterThanOrEqual(0.98);
  });
});
