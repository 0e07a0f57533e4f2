import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Compiled, compilePolicy } from './compile-policy.js';
import type { PolicyFiles } from './policy-files.rules.js';
import { BUILT_IN_FOLDER, readPolicyFolder } from './policy-folder.js';

const MEMBER = { role: 'member', door: 'web' };

describe(compilePolicy.name, () => {
  let builtIn: PolicyFiles;
  beforeAll(async () => {
    builtIn = (await readPolicyFolder(BUILT_IN_FOLDER)).files;
  });

  const compiled = (files: PolicyFiles): Promise<Compiled> =>
    compilePolicy({ ...builtIn, ...files });

  /** `file:line:column message`, in English. */
  const problemsOf = async (files: PolicyFiles): Promise<string[]> =>
    (await compiled(files)).problems.map(
      ({ file, line, column, message }) =>
        `${file}:${String(line)}:${String(column)} ${message.en}`,
    );

  it('should make rules of what comes with Prosa, and do what its config.yml says', async () => {
    const { rules, problems } = await compiled({});
    expect(problems).toEqual([]);
    const action = (rail: string, stage: 'input' | 'retrieved' | 'output') =>
      rules?.action({ rail, rule: 'any' }, stage, MEMBER);
    expect(action('blocked-terms', 'retrieved')).toBe('flag');
    expect(action('personal-data', 'input')).toBe('mask');
    expect(action('personal-data', 'output')).toBe('pass');
    expect(action('links', 'output')).toBe('replace');
    expect(rules?.judged('input', MEMBER)).toEqual([]);
    expect(rules?.text('set-answers', 'greeting', 'pt-BR')).toMatch(/^Olá/);
  });

  it('should find a greeting, and not look where a rail is off', async () => {
    const { rules } = await compiled({});
    expect(rules?.local.find('bom dia', 'input')).toMatchObject([{ rail: 'set-answers' }]);
    const off = await compiled({
      'config.yml': 'version: 1\nrails:\n  set-answers: { on: false }',
    });
    expect(off.rules?.local.find('bom dia', 'input')).toEqual([]);
  });

  it.each([
    [
      'a wrong action',
      'rails:\n  secrets:\n    input: blok',
      '4:12 must be one of: pass, flag, block, mask',
    ],
    ['an unknown rail', 'rails:\n  secret: {}', '3:3 is not known here: secret'],
    [
      'a stage at which it does not look',
      'rails:\n  set-answers:\n    output: block',
      '4:5 is not known here: output',
    ],
    ['a wrong type', 'rails: [a]', '2:1 must be a map'],
    ['nothing about rails', 'exceptions: []', '1:1 “rails” is missing'],
    [
      'an unknown role',
      'rails: {}\nexceptions:\n  - roles: [chief]',
      '4:13 must be one of: admin, member, service',
    ],
    [
      'an exception for everybody',
      'rails: {}\nexceptions:\n  - rails: {}',
      '4:5 an exception needs roles or doors',
    ],
    [
      'a time that is too long',
      'rails: {}\njudged:\n  self-check:\n    timeoutMs: 60000',
      '5:16 must be at most 30000',
    ],
    [
      'a guardrail of nobody',
      'rails: {}\njudged:\n  bedrock:\n    on: true',
      '4:3 Amazon Bedrock is on',
    ],
    [
      'a rule that no file has',
      'rails:\n  links:\n    output: block\n    rules:\n      adress: { output: flag }',
      '6:7 names no rule: adress; there are: address',
    ],
    [
      'a kind of data with a typo',
      'rails:\n  personal-data:\n    rules: { cpff: { input: block } }',
      '4:14 names no rule: cpff; there are: cpf, ',
    ],
    [
      'a rule in an exception that no file has',
      'rails: {}\nexceptions:\n  - roles: [admin]\n    rails:\n      secrets:\n        rules:\n          jwtt: { input: flag }',
      '8:11 names no rule: jwtt; there are: private-key, jwt, ',
    ],
    [
      'a rule of a rail that has none',
      'rails:\n  patterns:\n    rules: { one: { input: flag } }',
      '4:14 names the rule “one”, but this rail has none',
    ],
    ['a key twice', 'rails: {}\nrails: {}', '3:1 Map keys must be unique'],
  ])('should say where config.yml has %s', async (_, text, told) => {
    const [first, ...more] = await problemsOf({ 'config.yml': `version: 1\n${text}` });
    expect(first).toContain(`config.yml:${told}`);
    expect(more).toEqual([]);
  });

  it('should refuse a prompt without its variable, and one with an unknown variable', async () => {
    const text = 'self_check_input:\n  pt-BR: oi\n  en: "{{ prompt }} {{ name }}"\n';
    expect(await problemsOf({ 'prompts.yml': text })).toEqual([
      'prompts.yml:2:10 must hold {{ prompt }}, where the text to be judged goes',
      'prompts.yml:3:7 does not know {{ name }}; there is {{ prompt }}',
      'prompts.yml:1:1 “self_check_output” is missing',
    ]);
  });

  const terms = (count: number, length: number): string => {
    const words = Array.from({ length: count }, (_, at) => {
      const letters = String(at).replace(/\d/g, (digit) => 'bcdfghjklm'[Number(digit)] ?? '');
      return `      - ${letters.padStart(length, 'a')}`;
    });
    return `lists:\n  - name: many\n    terms:\n${words.join('\n')}\n`;
  };

  it('should refuse a file that is too large, at the line at which it gets so', async () => {
    const [told, ...more] = await problemsOf({ 'rails/blocked_terms.yml': terms(20_000, 20) });
    // 3 lines before the terms, each of which takes 29 bytes.
    const line = 3 + Math.ceil((96 * 1024 - 36) / 29);
    expect(told).toContain(`rails/blocked_terms.yml:${String(line)}:1 is larger than 96 KiB`);
    expect(more).toEqual([]);
  });

  it('should refuse files that are too large together, at the largest', async () => {
    const filler = (kib: number) => `# ${'x'.repeat(kib * 1024)}\n`;
    const padded = Object.fromEntries(
      Object.entries(builtIn).map(([path, text]) => [path, `${text}${filler(25)}`]),
    );
    expect(await problemsOf(padded)).toEqual([
      expect.stringContaining('prompt_attacks.yml:1:1 makes the policy larger than 256 KiB in all'),
    ]);
  });

  it('should refuse the first term too many, by its line', async () => {
    const text = terms(5001, 6);
    expect(await problemsOf({ 'rails/blocked_terms.yml': `${text}allow: []\n` })).toEqual([
      expect.stringContaining('rails/blocked_terms.yml:5004:9 is one term too many'),
    ]);
    expect(await problemsOf({ 'rails/blocked_terms.yml': terms(5000, 6) })).toEqual([]);
  });

  it('should let others have their turn while it makes many rules', async () => {
    const patterns = Array.from(
      { length: 200 },
      (_, at) =>
        `  - { name: p${String(at)}, pattern: 'ab${String(at)}-[0-9]{4}', stages: { input: flag } }`,
    );
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const { problems } = await compiled({
      'rails/input_output_checks.yml': `links: { allow: [] }\npatterns:\n${patterns.join('\n')}\n`,
      'rails/blocked_terms.yml': terms(5000, 6),
    });
    isOver = true;
    expect(problems).toEqual([]);
    // Two for each of its files, and one for every 8 ms of the rules.
    expect(turns).toBeGreaterThan(2 * Object.keys(builtIn).length);
  });

  it('should say in Portuguese what is no YAML, with its line', async () => {
    const { problems } = await compiled({ 'rails/greetings.yml': 'answers:\n\t- name: x\n' });
    expect(problems[0]).toMatchObject({ file: 'rails/greetings.yml', line: 2 });
    expect(problems[0]?.message['pt-BR']).toMatch(/recuo|tabula/i);
  });
});
