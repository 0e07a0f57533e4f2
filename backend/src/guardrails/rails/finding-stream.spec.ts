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

const TEXTS: readonly string[] = [
  'Uma frase comum, sem nada; a disputa pelo computador do analista.',
  'Que MERDA, seu filho  da\r\nputa! P.u.t.a m e r d a, ｍｅｒｄａ e m3rd4aaa; mer-da e disputa.',
  'f\u200bu\u00adc\u0301k 🇵🇺🇹🇦 p̶u̶t̶a̶ 😀 vou te matar, vou te\nligar amanhã',
  'son of a bitch, son of a gun; go kill yourself now, go kill time',
  `x${'\u200b'.repeat(40)}puta e pu${'\u200b'.repeat(40)}tas, ${'a'.repeat(300)} ${'m e '.repeat(60)}`,
];

describe(LocalFindingStream.name, () => {
  it.each(TEXTS)('should find the same however it is cut: %j', (text) => {
    const whole = rails.find(text, 'output');
    for (const pieces of cutAnywhere(text)) {
      expect(streamed(rails, pieces, 'output').findings).toEqual(whole);
    }
    expect(streamed(rails, unitByUnit(text), 'output').findings).toEqual(whole);
    for (let seed = 1; seed <= 50; seed += 1) {
      expect(streamed(rails, cutByChance(text, seed), 'output').findings).toEqual(whole);
    }
  });
});
