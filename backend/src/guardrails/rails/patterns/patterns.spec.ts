import { describe, expect, it } from '@jest/globals';
import { RE2JS } from 're2js';
import { MORE_THAN_LINEAR, timesCostlier } from '../../../../test/harness/growth.js';
import { CHECKS_FILE, checksSchema } from '../checks.file.js';
import type { Finding } from '../local-rails.js';
import { compileRails } from '../rail-files.js';
import { mayBeEmpty, sizeOf } from './pattern-syntax.js';
import { parsePattern } from './pattern-parser.js';
import { Patterns } from './patterns.js';

/** The places of a pattern's matches in a text that comes in pieces. */
function matches(pattern: string, pieces: readonly string[], ignoresCase = false): number[][] {
  const expression = parsePattern(pattern, ignoresCase);
  const run = new Patterns([{ name: 'own', kind: 'DATA', expression }]).begin();
  const found: Finding[] = [];
  for (const piece of pieces) run.take(piece, false, found);
  run.take('', true, found);
  return found.map(({ start, end }) => [start, end]);
}

/** The same by another engine of linear time. */
function byRe2(pattern: string, text: string): number[][] {
  const matcher = RE2JS.compile(pattern, RE2JS.LONGEST_MATCH).matcher(text);
  const found: number[][] = [];
  while (matcher.find()) found.push([matcher.start(), matcher.end()]);
  return found;
}

/** Numbers of chance below `limit`; the same seed gives the same. */
function chance(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}

const ATOMS =
  'a b c . [ab] [^a] \\d \\w \\s \\b ^ $ (?:ab|c) (?m:^a) (?m:b$) x 1 \\B (?i:A) \\. [a-c1]';
const TIMES = ['', '', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '+?'];

function anyPattern(below: (limit: number) => number, depth: number): string {
  const atoms = ATOMS.split(' ');
  const parts = Array.from({ length: 1 + below(4) }, () => {
    const isGroup = depth > 0 && below(5) === 0;
    const atom = isGroup
      ? `(${anyPattern(below, depth - 1)}|${anyPattern(below, depth - 1)})`
      : (atoms[below(atoms.length)] ?? 'a');
    return /^(?:\\[bB]|[\^$])$/.test(atom) ? atom : atom + (TIMES[below(TIMES.length)] ?? '');
  });
  return parts.join('');
}

const file = (pattern: string, more: object = {}) =>
  checksSchema.parse({
    patterns: [{ name: 'own', pattern, stages: { input: 'mask' }, ...more }],
  });
const compiled = (pattern: string, more: object = {}) =>
  compileRails({ [CHECKS_FILE]: file(pattern, more) });

describe(Patterns.name, () => {
  it('should find what RE2 finds, however the text is cut', () => {
    const below = chance(7);
    let compared = 0;
    for (let n = 0; n < 600; n += 1) {
      const pattern = anyPattern(below, 2);
      const expression = parsePattern(pattern, false);
      if (mayBeEmpty(expression) || sizeOf(expression) > 900) continue;
      const text = Array.from({ length: below(30) }, () => 'abcx1. \nA'.charAt(below(9))).join('');
      const cut = below(text.length + 1);
      const found = matches(pattern, [text.slice(0, cut), text.slice(cut)]);
      if (JSON.stringify(found) !== JSON.stringify(byRe2(pattern, text))) {
        expect([pattern, text, found]).toEqual([pattern, text, byRe2(pattern, text)]);
      }
      compared += 1;
    }
    expect(compared).toBeGreaterThan(300);
  });

  it('should know letters of all alphabets, in either case', () => {
    expect(matches('\\bação\\b', ['A AÇÃO e a reação'], true)).toEqual([[2, 6]]);
    expect(matches('\\p{Script=Greek}+', ['alfa é άλφα'])).toEqual([[7, 11]]);
    expect(matches('[😀-😂]x', ['😁x 😅x'])).toEqual([[0, 3]]);
    expect(matches('^.$', ['😀'])).toEqual([[0, 2]]);
  });

  it('should hold back no more than the word that may be one', () => {
    const expression = parsePattern('CT-\\d+', false);
    const run = new Patterns([{ name: 'own', kind: 'DATA', expression }]).begin();
    const found: Finding[] = [];
    expect(run.take('o contrato ', false, found)).toBe(11);
    expect(run.take('CT', false, found)).toBe(11);
    expect(run.take('-12', false, found)).toBe(11);
    expect(run.take('3 e', false, found)).toBe(19);
    expect(found.map(({ start, end }) => [start, end])).toEqual([[11, 17]]);
  });

  it('should do at each stage what is written', () => {
    const rails = compiled('CT-\\d+', { kind: 'CONTRACT' });
    expect(rails.find('o ct-12', 'input')).toEqual([
      { rail: 'patterns', rule: 'own', kind: 'CONTRACT', start: 2, end: 7 },
    ]);
    expect(rails.find('o ct-12', 'output')).toEqual([]);
    expect(rails.written({ rail: 'patterns', rule: 'own' }, 'input')).toBe('mask');
    expect(rails.written({ rail: 'patterns', rule: 'own' }, 'output')).toBeUndefined();
    expect(compiled('CT-\\d+', { case: 'differs' }).find('o ct-12', 'input')).toEqual([]);
  });

  it.each([
    ['a(?=b)', 'looks around'],
    ['(?<!a)b', 'looks around'],
    ['(a)\\1', 'refers back'],
    ['a**', 'repetition'],
    ['(a', 'not closed'],
    ['a)', 'closes nothing'],
    ['[a', 'not closed'],
    ['[z-a]', 'range'],
    ['a{2000}', '250 times'],
    ['((a{50}){50}){50}', 'too large'],
    ['\\y', 'unknown'],
    ['\\p{Nothing}', 'unknown kind'],
    ['(?>a)', 'unknown group'],
    ['a*', 'empty text'],
    ['\\b', 'empty text'],
    ['x?|y', 'empty text'],
    ['.+', 'any ordinary sentence'],
    ['[\\s\\S]{20,}', 'any ordinary sentence'],
    ['\\w+\\s\\w+', 'any ordinary sentence'],
  ])('should refuse %s', (pattern, reason) => {
    expect(() => compiled(pattern)).toThrow(`rails/input_output_checks.yml patterns.0.pattern: `);
    expect(() => compiled(pattern)).toThrow(reason);
  });

  it('should refuse one that is too long, says no stage, or has nothing to put in its place', () => {
    expect(() => file('a'.repeat(501))).toThrow('pattern');
    expect(() => compiled('abc', { stages: {} })).toThrow('patterns.0.stages: names no stage');
    expect(() => compiled('abc', { stages: { output: 'replace' } })).toThrow('replacement');
  });

  it.each([
    ['(a+)+$', 'a'],
    ['(a|a)*b', 'a'],
    ['a+b', `${'a'.repeat(1500)}b`],
    ['(x+x+)+y', 'x'],
    ['(.*)=(.*)', 'x'],
    ['(a|b|ab)*c', 'ab'],
  ])('should take no more than linear time for %s', (pattern, part) => {
    const expression = parsePattern(pattern, false);
    const patterns = new Patterns([{ name: 'own', kind: 'DATA', expression }]);
    const work = (size: number) => patterns.begin().take(part.repeat(size), true, []);
    expect(timesCostlier(work, part.length > 2 ? 20 : 8000)).toBeLessThan(MORE_THAN_LINEAR);
  });
});
