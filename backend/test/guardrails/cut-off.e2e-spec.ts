import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Guardrails } from '../../src/guardrails/guardrails.js';
import { compilePolicy } from '../../src/guardrails/policy/files/compile-policy.js';
import { BuiltInRails } from '../../src/guardrails/policy/versions/built-in-rails.js';
import { joined } from '../harness/answer-stream.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked, getPost, openStream } from '../harness/asking.js';
import { ANYBODY } from '../harness/plain-rails.js';

const CANARY = 'pr-0123456789ab';
const OWN_PATTERN = `patterns:
  - name: project
    kind: PROJECT
    pattern: 'PROJ-\\d{6}'
    stages: { output: mask }
`;

/** What must not be seen nearly whole, and how much of it may be seen: less is an ordinary word. */
const MATTERS: readonly (readonly [what: string, before: string, hidden: string, most: number])[] =
  [
    ['a key', 'A chave é ', 'AKIAZ7QWERTYUIOP2345', 6],
    ['a token', 'use ', 'ghp_9fKq2Zt7Wm4Xc8Vb1Nr6Hs3Jd5Gp0LyTeQaU', 13],
    ['a password', 'a senha: ', 'Xk9vQ2pLw7Rt', 2],
    ['a named secret', 'client_secret=', 'q8Zt3Lm6Wd1Vb7Rk', 7],
    ['a password in an address', 'vai ', 'postgres://ana:s3nh4F0rte@h.br/x', 18],
    [
      'a private key',
      'eis\n',
      `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0B'.repeat(3)}`,
      28,
    ],
    ['a CPF', 'meu CPF é ', '529.982.247-25', 6],
    ['a CPF of bare digits', 'cpf ', '52998224725', 5],
    ['a CNPJ', 'a empresa ', '11.222.333/0001-81', 8],
    ['a card', 'pague com ', '4111 1111 1111 1111', 9],
    ['an e-mail', 'escreva a ', 'ana.souza@exemplo.com.br', 9],
    ['an IBAN', 'para ', 'DE89 3704 0044 0532 0130 00', 11],
    ['an IP', 'do IP ', '200.147.35.149', 6],
    ['a telephone', 'me ligue: ', '(11) 98765-4321', 8],
    ['the canary', 'a palavra: ', CANARY, 7],
    ['a term', 'seu ', 'caralho', 4],
    ['a pattern', 'o ', 'PROJ-123456', 5],
  ];

/** Answers that end wherever Stop was pressed: nothing in them is anybody's. */
const ORDINARY = [
  'um dois três',
  'Em 2024 foram 1.234.567 pessoas e 3.500,00 reais, às 14:30 de 22/11/2026',
  'A capital da França é Paris, e a da Espanha é Madri',
  'Veja https://a.example:8080/caminho/da/pagina e npm_config, sk-learn, key-value e TEST-cases',
  'const token = process.env.TOKEN; // a chave vem do ambiente',
  'A senha é muito importante; o segredo é escolher palavras',
  'Na versão 2.10.3 o item 4.2 mudou. Um seguro, o cara',
  'Dois [exemplos] de listas: - [x] feito',
];

describe('an answer that is cut off', () => {
  let guardrails: Guardrails;

  beforeAll(async () => {
    const files = await new BuiltInRails().files();
    const { rules, problems } = await compilePolicy({
      ...files,
      'config.yml': files['config.yml']?.replace('output: pass', 'output: mask') ?? '',
      'rails/input_output_checks.yml': OWN_PATTERN,
    });
    expect(problems).toEqual([]);
    if (!rules) throw new Error('the rails do not compile');
    guardrails = new Guardrails({ current: { ...rules, id: 1 } });
  });

  const cutOff = (text: string, earlier = ''): string => {
    const rails = guardrails.output(ANYBODY, { canary: CANARY }, earlier);
    let shown = '';
    for (const unit of text) shown += rails.push(unit);
    return shown + rails.cutOff();
  };

  it.each(MATTERS)('should not end with most of %s', (_, before, hidden, most) => {
    const text = before + hidden;
    let longest = 0;
    for (let at = before.length + 1; at < text.length; at += 1) {
      const shown = cutOff(text.slice(0, at));
      expect(shown.startsWith(before.trimEnd())).toBe(true);
      if (text.startsWith(shown)) longest = Math.max(longest, shown.length - before.length);
    }
    expect(longest).toBe(most);
    expect(cutOff(text)).not.toContain(hidden);
  });

  it.each(ORDINARY)('should keep every word of: %s', (text) => {
    for (let at = 1; at <= text.length; at += 1) {
      const cut = text.slice(0, at);
      // What may become a placeholder is none of it.
      expect(cutOff(cut)).toBe(cut.replace(/\[[A-Z]?$/, ''));
    }
  });

  it('should go on where it was cut off, and hide what was begun', () => {
    for (const [, before, hidden] of MATTERS) {
      const whole = `${before}${hidden} e o resto`;
      for (let at = before.length + 1; at < before.length + hidden.length; at += 1) {
        const first = cutOff(whole.slice(0, at));
        // The model goes on from what is stored.
        if (!whole.startsWith(first)) continue;
        const rails = guardrails.output(ANYBODY, { canary: CANARY }, first);
        const second = rails.push(whole.slice(first.length)) + rails.end();
        expect(first + second).not.toContain(hidden);
        if (!rails.stop) expect(first + second).toMatch(/ e o resto$/);
      }
    }
  });

  it('should end with no part of a placeholder', () => {
    for (const begun of ['[', '[C', '[CPF', '[CPF_', '[CPF_1']) {
      expect(cutOff(`O número ${begun}`)).toBe('O número ');
    }
    expect(cutOff('O número [CPF_1]')).toBe('O número [CPF_1]');
  });
});

describe('an answer that goes on where it was cut off', () => {
  const CPF = '529.982.247-25';
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp();
  });
  afterAll(() => app.close());

  it.each([
    {
      ...{ words: ['A chave é ', 'AKIAZ7QWER', 'TYUIOP234'], cut: 'A chave é ' },
      ...{ more: 'AKIAZ7QWERTYUIOP2345 e fim', whole: 'A chave é [SECRET] e fim' },
    },
    {
      ...{ words: ['O CPF é ', '[CPF', '_'], cut: 'O CPF é ' },
      ...{ more: '[CPF_1] mesmo', whole: `O CPF é ${CPF} mesmo` },
    },
    {
      ...{ words: ['Foram ', 'um dois ', 'três'], cut: 'Foram um dois três' },
      ...{ more: ' quatro', whole: 'Foram um dois três quatro' },
    },
  ])('should break off at "$cut" and go on there', async ({ words, cut, more, whole }) => {
    const conversation = await aConversation(app.client);
    app.provider.script({ words, dieAfter: 3 });
    const { id, body } = await asked(app.client, conversation, `meu CPF é ${CPF}`);
    expect(body).toBe(cut);

    app.provider.script({ words: [more] });
    const path = `/api/posts/${String(id)}/continue`;
    const stream = await openStream(app.client, path, { method: 'POST', body: {} });
    const frames = await stream.all();
    app.provider.script({});
    expect(joined(frames, cut)).toBe(whole);
    expect((await getPost(app.client, id)).body).toBe(whole);
  });
});
