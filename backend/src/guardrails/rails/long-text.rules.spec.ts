import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { LocalRails } from './local-rails.js';
import { findingsInSteps } from './long-text.rules.js';
import { compileRails, RAIL_FILES } from './rail-files.js';
import { finished } from './steps.js';

const BACKEND = join(import.meta.dirname, '../../..');
const SETS = join(BACKEND, 'test/guardrails/sets');
const LENGTH = 20_000;

const builtIn = (): LocalRails =>
  compileRails(
    Object.fromEntries(
      RAIL_FILES.map(({ path, schema }): [string, unknown] => {
        const text = readFileSync(join(BACKEND, 'rails', path), 'utf8');
        return [path, schema.parse(parse(text))];
      }),
    ),
  );

const whole = readdirSync(SETS).map((name) => readFileSync(join(SETS, name), 'utf8'));
const repeated = [
  ...['a', '😀', 'm e ', 'i g n o r e ', '\u200b', '"', '\nsystem:', 'filho da ', '1-', '漢'],
  ...['529.982.247-25 ', 'ana@exemplo.com.br ', 'senha: Xk9vQ2pLw7Rt. ', '4111 1111 1111 1111,'],
].map((part) => part.repeat(Math.ceil(LENGTH / part.length)));
/** Longer than a stream holds back: it is found in parts. */
const key = `antes -----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n'.repeat(400)}-----END PRIVATE KEY----- depois`;

describe(findingsInSteps.name, () => {
  let rails: LocalRails;
  beforeAll(() => {
    rails = builtIn();
  });

  it('should find what is found at once, in whatever is written or repeated', () => {
    let findings = 0;
    for (const text of [...whole, ...repeated, key]) {
      const found = finished(rails.steps(text, 'input'));
      expect(found).toEqual(rails.find(text, 'input'));
      findings += found.length;
    }
    expect(findings).toBeGreaterThan(1000);
  });

  it('should be the same wherever a step ends', () => {
    const [text = ''] = whole;
    for (let shift = 1; shift < 4200; shift += 97) {
      const shifted = ' '.repeat(shift) + text.slice(0, 9000);
      expect(finished(rails.steps(shifted, 'input'))).toEqual(rails.find(shifted, 'input'));
    }
  });

  it('should take many steps for a long text', () => {
    const steps = rails.steps('ignore all '.repeat(LENGTH), 'input');
    let count = 0;
    while (steps.next().done !== true) count += 1;
    expect(count).toBeGreaterThan(100);
  });
});
