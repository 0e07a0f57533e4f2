import { describe, expect, it } from '@jest/globals';
import { builtInRails } from '../../../test/guardrails/built-in-rails.js';
import {
  cutAnywhere,
  cutByChance,
  streamed,
  unitByUnit,
} from '../../../test/guardrails/cut-texts.js';
import { LocalFindingStream } from './finding-stream.js';

const rails = builtInRails();

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
];

describe(LocalFindingStream.name, () => {
  it.each(TEXTS)('should find the same however it is cut: %j', (text) => {
    const whole = rails.find(text, 'output', CONTEXT);
    for (const pieces of cutAnywhere(text)) {
      expect(streamed(rails, pieces, 'output', CONTEXT).findings).toEqual(whole);
    }
    expect(streamed(rails, unitByUnit(text), 'output', CONTEXT).findings).toEqual(whole);
    for (let seed = 1; seed <= 50; seed += 1) {
      expect(streamed(rails, cutByChance(text, seed), 'output', CONTEXT).findings).toEqual(whole);
    }
  });
});
