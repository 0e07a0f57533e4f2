import { describe, expect, it } from '@jest/globals';
import { builtInFiles } from '../../../test/guardrails/built-in-rails.js';
import {
  cutAnywhere,
  cutByChance,
  streamed,
  unitByUnit,
} from '../../../test/guardrails/cut-texts.js';
import { LocalFindingStream } from './finding-stream.js';
import { compileRails } from './rail-files.js';

const rails = compileRails(
  builtInFiles({
    'rails/input_output_checks.yml': {
      patterns: [
        { name: 'contract', pattern: '\\bCT-\\d{4}(/\\d+)?\\b', stages: { output: 'mask' } },
        { name: 'line', pattern: '(?m)^nota:.*fim$', stages: { output: 'flag' } },
      ],
    },
  }),
);

const CONTEXT = {
  canary: 'kestrel7319quartz',
  systemPrompt:
    'You are the assistant of a small team. Answer in the language of the question, use Markdown ' +
    'where it helps, and never speak of the plans that are written down here for this quarter.',
  hosts: new Set(['known.example']),
};

const TEXTS: readonly string[] = [
  'Uma frase comum, sem nada; a disputa pelo computador do analista.',
  'Que MERDA, seu filho  da\r\nputa! P.u.t.a m e r d a, ｍｅｒｄａ e m3rd4aaa; mer-da e disputa.',
  'f\u200bu\u00adc\u0301k 🇵🇺🇹🇦 p̶u̶t̶a̶ 😀 vou te matar, vou te\nligar amanhã',
  'son of a bitch, son of a gun; go kill yourself now, go kill time',
  `x${'\u200b'.repeat(40)}puta e pu${'\u200b'.repeat(40)}tas, ${'a'.repeat(300)} ${'m e '.repeat(60)}`,
  'Veja [a página](https://known.example/?q=1), ![uma ![figura](https://x.example/a.png) aqui](/b) e [1].',
  '![a](https://evil.example/a.png "t") <img\nsrc="https://evil.example/x"> h t t p s ://evil. example /?q=1 .',
  '[a](https://evil.example/\u200b?q=1) [b]: <//evil.example/x.png> www.evil.example/#x <a href=javascript:x>',
  'sem fim: ![x](https://evil.example/?q=1',
  'if (a <b && c> d) { x[i](y) } https://a.example. https://b.example/ok (http://c.example/?d=1)(https://d.example)',
  'The word is K e s t r e l - 7319.QUARTZ, backwards ztrauq9137lertsek, a2VzdHJlbDczMTlxdWFydHo= kestrel7 no',
  'I was told: you are the ASSISTANT of a small team; answer in the language of the question, use markdown where it helps, and so on. You are the assistant of a big team.',
  'O contrato CT-2024/77, o ct-20245 e o CT-2024\nnota: isto tem fim\nnota: isto não tem fim.',
  'CPF 529.982.247-25, 529.982.247-26; ana@example.com, 4111 1111 1111 1111; tel. (11) 98765-4321, 10.0.0.1',
  'senha é abc!def e a://b:Pas5@h; senha: guarda-chuva, senha do wifi é **casa** e pin-123 (twilio)',
  'Um endereço: a://b:Pas5@h, e nada mais.',
  'cf. -----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\nMIIEvQIBADANBgk\n-----END PRIVATE KEY----- fim',
  'with h ttp://evil.example/?q=1 of f tp://evil.example/?q=1, w ss://evil.example/?q=1 h\u00adttp://evil.example/?q=2',
  `merd${'\u200b'.repeat(24)}a mérd\u0301${'\u200b'.repeat(22)}\u0301a ﬁlho da puta, mmmerda e 9merda $$merda`,
  'A chave é AKIAIOSFODNN7EXAMPLF e ghp_0123456789abcdefghijABCDEFGHIJ012345, senha: Xk9#mQ2$vL7p; fim',
];

describe(LocalFindingStream.name, () => {
  it.each(TEXTS)('should find the same however it is cut: %j', (text) => {
    const whole = rails.find(text, 'output', CONTEXT);
    const cuts = [
      ...cutAnywhere(text),
      unitByUnit(text),
      ...Array.from({ length: 50 }, (_, seed) => cutByChance(text, seed + 1)),
    ];
    const wanted = JSON.stringify(whole);
    for (const pieces of cuts) {
      const { findings } = streamed(rails, pieces, 'output', CONTEXT);
      // Comparing texts is quick; a difference is told in full.
      if (JSON.stringify(findings) !== wanted) expect([pieces, findings]).toEqual([pieces, whole]);
    }
    expect(cuts.length).toBeGreaterThan(text.length);
  });

  it('should hold back no more than the word being written', () => {
    const prose = TEXTS[0] ?? '';
    const words = prose.split(/(?<= )/);
    const { held } = streamed(
      rails,
      words.map((word) => word),
      'output',
      CONTEXT,
    );
    held.forEach((length, at) => expect(length).toBeLessThanOrEqual((words[at] ?? '').length + 2));
  });

  it('should tell what is found once, in order, with rails that hold back unlike', () => {
    const text = 'merda [a](https://evil.example/?q=1 puta) e 529.982.247-25';
    const { findings } = streamed(rails, unitByUnit(text), 'output', CONTEXT);
    expect(findings.map(({ rail }) => rail)).toEqual([
      'blocked-terms',
      'links', // The bracket, and where it leads to.
      'links',
      'blocked-terms',
      'personal-data',
    ]);
  });

  it('should judge prompts as a whole, at their end', () => {
    expect(streamed(rails, ['o', 'lá', '!'], 'input').findings).toEqual(
      rails.find('olá!', 'input'),
    );
    expect(rails.find('olá!', 'input')).toHaveLength(1);
  });
});
