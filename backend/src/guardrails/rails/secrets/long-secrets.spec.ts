import { describe, expect, it } from '@jest/globals';
import { builtInFiles } from '../../../../test/guardrails/built-in-rails.js';
import { cutByChance, streamed } from '../../../../test/guardrails/cut-texts.js';
import { type LongSecret, longSecrets } from '../../../../test/guardrails/long-secrets.js';
import { ANYBODY } from '../../../../test/harness/plain-rails.js';
import { Guardrails } from '../../guardrails.js';
import type { Policy } from '../../policy/policy.js';
import { LONGEST_HOLD } from '../finding-stream.js';
import { compileRails } from '../rail-files.js';
import { SECRETS_FILE } from './secrets.file.js';

const rails = compileRails({ [SECRETS_FILE]: builtInFiles()[SECRETS_FILE] });

const escaped = (text: string): string => text.replace(/[+/]/g, '\\$&');

const policy: Policy = {
  ...{ id: 1, local: rails, text: () => undefined, judged: () => [] },
  action: ({ rule }) => (rule === 'seen' ? 'flag' : rule === 'word' ? 'block' : 'mask'),
};
const guardrails = new Guardrails({ current: policy });

/** With patterns that find something within a key, around its end, and behind it. */
const withPatterns = (first: string, second: string) =>
  compileRails(
    builtInFiles({
      'rails/input_output_checks.yml': {
        patterns: [
          ['within', escaped(first.slice(8, 40))],
          ['seen', escaped(second.slice(4, 40))],
          ['behind', 'KEY-----\\s+Guarde-a'],
          ['word', 'proibida'],
        ].map(([name, pattern = '']) => ({
          ...{ name, pattern, stages: { output: 'mask' } },
        })),
      },
    }),
  );

function shownOf(parts: readonly string[]): string {
  const output = guardrails.output(ANYBODY);
  return parts.map((part) => output.push(part)).join('') + output.end();
}

function anySecret(which: number): LongSecret {
  const secret = longSecrets()[which];
  if (!secret) throw new Error('there is no such secret');
  return secret;
}

/** Cut once: around the beginning, the end, and where no more is held back, and here and there. */
function cutsOf(text: string): string[][] {
  const near = (place: number) => [-13, -7, -3, -1, 0, 1, 2, 5, 11, 31, 68].map((by) => place + by);
  return [
    ...near(text.indexOf('-----BEGIN')),
    ...near(text.lastIndexOf('-----END')),
    ...[LONGEST_HOLD, 3 * LONGEST_HOLD, text.length - 70, text.length - 100].flatMap(near),
  ]
    .filter((at) => at > 0 && at < text.length)
    .map((at) => [text.slice(0, at), text.slice(at)]);
}

describe('a secret that is longer than what is held back', () => {
  it.each(longSecrets())('should be hidden from its beginning to its end: $name', (secret) => {
    const { text, shown, parts } = secret;
    expect(shownOf([text])).toBe(shown);
    const whole = JSON.stringify(rails.find(text, 'output'));
    const cuts = [
      text.split(''),
      ...[7, 8].map((seed) => cutByChance(text, seed)),
      ...cutsOf(text),
    ];
    for (const pieces of cuts) {
      const { findings, held } = streamed(rails, pieces, 'output');
      if (JSON.stringify(findings) !== whole) expect([pieces, findings]).toEqual([pieces, whole]);
      expect(Math.max(...held)).toBeLessThanOrEqual(LONGEST_HOLD);
      const seen = shownOf(pieces);
      if (seen !== shown) expect([pieces, seen]).toEqual([pieces, shown]);
    }
    expect(parts.filter((part) => shown.includes(part))).toEqual([]);
    expect(cuts.length).toBeGreaterThan(20);
  });

  it('should be the same cut at every place of a line, and of its beginning and end', () => {
    const { text, shown } = anySecret(6);
    const edges = [text.indexOf('-----BEGIN'), LONGEST_HOLD, text.length];
    for (let at = 1; at < text.length; at += 1) {
      // Lines of 65 are alike: a step of 7 comes to each of their places in seven of them.
      if (at % 7 > 0 && !edges.some((edge) => Math.abs(at - edge) < 160)) continue;
      const seen = shownOf([text.slice(0, at), text.slice(at)]);
      if (seen !== shown) expect({ at, seen }).toEqual({ at, seen: shown });
    }
    expect(text.length).toBeGreaterThan(LONGEST_HOLD);
  });

  it('should hide, count and stop as in the whole what other rails find within it', () => {
    const { text, parts } = anySecret(0);
    const [first = '', second = ''] = parts;
    const others = new Guardrails({ current: { ...policy, local: withPatterns(first, second) } });
    const resultOf = (pieces: readonly string[], end: string) => {
      const output = others.output(ANYBODY);
      const shown = [...pieces, end].map((piece) => output.push(piece)).join('') + output.end();
      return { shown, stop: output.stop, hits: output.hits() };
    };
    for (const end of ['', 'e uma palavra proibida.']) {
      const whole = resultOf([text], end);
      expect(whole.shown).toContain('A chave:\n[SECRET][DATA] bem; o resto');
      expect(whole.hits.map(({ rule, hits }) => `${rule} ${String(hits)}`)).toEqual([
        ...['private-key 1', 'seen 1', 'behind 1'],
        ...(end === '' ? [] : ['word 1']),
      ]);
      for (const pieces of [text.split(''), cutByChance(text, 5), cutByChance(text, 6)]) {
        expect(resultOf(pieces, end)).toEqual(whole);
      }
    }
  });

  it('should let nothing wait once it is sure that a key has begun', () => {
    const { text } = anySecret(0);
    const { held } = streamed(rails, text.split(''), 'output');
    expect(Math.max(...held.slice(400))).toBeLessThan(64);
  });
});
