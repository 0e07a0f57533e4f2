import { describe, expect, it } from '@jest/globals';
import { builtInFiles } from '../../../../test/guardrails/built-in-rails.js';
import {
  cutAnywhere,
  cutByChance,
  streamed,
  unitByUnit,
} from '../../../../test/guardrails/cut-texts.js';
import { longSecrets } from '../../../../test/guardrails/long-secrets.js';
import { compileRails } from '../rail-files.js';
import { SECRETS_FILE } from './secrets.file.js';

const rails = compileRails({ [SECRETS_FILE]: builtInFiles()[SECRETS_FILE] });
const found = (text: string): string[] =>
  rails.find(text, 'output').map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`);

const wide = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const bold = (text: string): string =>
  text.replace(/[A-Z]/g, (sign) => String.fromCodePoint(0x1d400 + sign.charCodeAt(0) - 65));
const hidden = (text: string, by = '\u200b'): string => [...text].join(by);

const KEY = 'AKIAZ7QWERTYUIOP2345';
const TOKEN = 'ghp_R7vK2mQ9xT4bW8nZ3cY6fH1jL5pD0sA2gE9u';

const TRICKS: readonly (readonly [trick: string, rule: string, secret: string])[] = [
  ['zero width spaces', 'aws-access-key', hidden(KEY)],
  ['soft hyphens', 'aws-access-key', KEY.replace('WERT', 'W\u00adER\u00adT')],
  ['word joiners', 'github', hidden(TOKEN, '\u2060')],
  ['variation selectors', 'aws-access-key', hidden(KEY, '\ufe0f')],
  ['bidi marks', 'aws-access-key', `AKIA\u202e${KEY.slice(4)}`],
  ['marks drawn over it', 'aws-access-key', hidden(KEY, '\u0336')],
  ['full width', 'aws-access-key', wide(KEY)],
  ['mathematical letters', 'aws-access-key', bold(KEY)],
];
const FRAMES = [
  (value: string) => `minha chave é ${value} e não funciona`,
  (value: string) => `{"key": "${value}", "n": 1}`,
];

describe('secrets written with tricks', () => {
  it.each(TRICKS)('should be found: %s', (_, rule, secret) => {
    for (const frame of FRAMES) {
      const [told = '', ...others] = found(frame(secret));
      expect(others).toEqual([]);
      expect(told.startsWith(rule)).toBe(true);
      expect(told.slice(told.indexOf(': ') + 2)).toBe(secret);
    }
  });

  it('should be found behind a name that hides something', () => {
    expect(found('a s\u200benha é X9k#vQ2pLw')).toEqual(['password: X9k#vQ2pLw']);
    expect(found('senha:\u00a0X9k#vQ2p\u00adLw ok')).toEqual(['password: X9k#vQ2p\u00adLw']);
  });

  it.each([
    'A família 👨‍👩‍👧 vai à praia ❤️ amanhã, com 3 malas e 2️⃣ gatos.',
    'می‌خواهم این متن را بخوانم',
    'a senha é boa; o\u00ad senhor não a diz',
    `AKIA${'\u200b'.repeat(30)}Z7QWERTYUIOP2345`,
  ])('should not be seen in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('should be the same whole, by units, and cut at every position', () => {
    const texts = [
      ...TRICKS.flatMap(([, , secret]) => FRAMES.map((frame) => frame(secret))),
      'a s\u200benha do wifi é X9k#vQ2pLw, anote',
    ];
    let positions = 0;
    for (const text of texts) {
      const told = JSON.stringify(rails.find(text, 'output'));
      for (const pieces of [unitByUnit(text), ...cutAnywhere(text)]) {
        const { findings } = streamed(rails, pieces, 'output');
        if (JSON.stringify(findings) !== told) expect({ pieces, findings }).toEqual(told);
        positions += 1;
      }
    }
    expect(positions).toBeGreaterThan(1000);
  });

  it('should be hidden to their end where they are longer than what is held back', () => {
    const dressed = longSecrets()
      .filter(({ name }) => /4096 bits, whole|token/.test(name))
      .map(({ text, parts }) => ({
        text: text.replace(/([A-Za-z])([0-9])/g, '$1\u200b$2'),
        parts,
      }));
    for (const { text, parts } of dressed) {
      const whole = rails.find(text, 'output');
      const rules = whole.map(({ rule }) => rule);
      expect(rules).toHaveLength(1);
      expect(parts.every((part) => !text.slice(whole[0]?.end).includes(part))).toBe(true);
      for (const pieces of [
        unitByUnit(text),
        ...[3, 4, 5].map((seed) => cutByChance(text, seed)),
      ]) {
        const { findings } = streamed(rails, pieces, 'output');
        expect(JSON.stringify(findings)).toBe(JSON.stringify(whole));
      }
    }
    expect(dressed.length).toBeGreaterThan(3);
  });
});
