import { describe, expect, it } from '@jest/globals';
import { configSchema, type PolicyConfig } from './files/config.schema.js';
import type { PolicyPrompts } from './files/prompts.schema.js';
import { actionOf, judgedFor, runsAt } from './policy-actions.rules.js';

const MEMBER = { role: 'member', door: 'web' };
const ADMIN = { role: 'admin', door: 'web' };
const unwritten = () => undefined;

const aConfig = (config: object): PolicyConfig =>
  configSchema.parse({ version: 1, rails: {}, ...config });

describe(actionOf.name, () => {
  const config = aConfig({
    rails: {
      'blocked-terms': { input: 'block', rules: { rivals: { input: 'flag' } } },
      secrets: { on: false, input: 'block' },
    },
    exceptions: [
      { roles: ['admin'], doors: ['simple'], rails: { 'blocked-terms': { input: 'pass' } } },
      { roles: ['admin'], rails: { 'blocked-terms': { rules: { insults: { input: 'flag' } } } } },
      { doors: ['simple'], rails: { 'blocked-terms': { output: 'block' } } },
    ],
  });
  const action = (rule: string, who = MEMBER, stage: 'input' | 'output' = 'input') =>
    actionOf(config, unwritten, { rail: 'blocked-terms', rule }, stage, who);

  it('should be what the rail says, or what its rule says in its place', () => {
    expect(action('insults')).toBe('block');
    expect(action('rivals')).toBe('flag');
    expect(action('insults', MEMBER, 'output')).toBe('pass');
  });

  it('should be what the first exception says that fits and speaks of it', () => {
    expect(action('insults', ADMIN)).toBe('flag');
    expect(action('rivals', ADMIN)).toBe('flag');
    expect(action('others', ADMIN)).toBe('block');
    expect(action('insults', { role: 'admin', door: 'simple' })).toBe('pass');
    expect(action('insults', { role: 'member', door: 'simple' }, 'output')).toBe('block');
  });

  it('should be nothing where a rail is off, or is no rail', () => {
    const of = (rail: string, rule: string) =>
      actionOf(config, unwritten, { rail, rule }, 'input', MEMBER);
    expect(of('secrets', 'aws')).toBe('pass');
    expect(of('constructor', '__proto__')).toBe('pass');
    expect(action('constructor')).toBe('block');
  });

  it('should be what a pattern says itself, unless config.yml says otherwise', () => {
    const found = { rail: 'patterns', rule: 'contract' };
    const said = (rails: object) =>
      actionOf(aConfig({ rails }), () => 'mask', found, 'input', MEMBER);
    expect(said({})).toBe('mask');
    expect(said({ patterns: { input: 'flag' } })).toBe('flag');
    expect(said({ patterns: { on: false } })).toBe('pass');
  });
});

describe(runsAt.name, () => {
  it('should hold where anybody is judged by it', () => {
    const config = aConfig({
      rails: { links: { output: 'replace' }, secrets: { input: 'pass' } },
      exceptions: [{ roles: ['service'], rails: { secrets: { output: 'mask' } } }],
    });
    expect(runsAt(config, 'links', 'output')).toBe(true);
    expect(runsAt(config, 'links', 'input')).toBe(false);
    expect(runsAt(config, 'secrets', 'input')).toBe(false);
    expect(runsAt(config, 'secrets', 'output')).toBe(true);
    expect(runsAt(config, 'patterns', 'input')).toBe(true);
    expect(runsAt(aConfig({ rails: { patterns: { on: false } } }), 'patterns', 'input')).toBe(
      false,
    );
  });
});

describe(judgedFor.name, () => {
  const prompts: PolicyPrompts = {
    self_check_input: { 'pt-BR': 'entrada {{ prompt }}', en: 'input {{ prompt }}' },
    self_check_output: { 'pt-BR': 'saída {{ answer }}', en: 'output {{ answer }}' },
  };

  const WORDS = { prompts, topics: '[]', compared: { all: '[1,2]', asking: undefined } };

  it('should name the rails that are on, with what they need', () => {
    const config = aConfig({
      judged: {
        'self-check': { on: true, required: true, language: 'en', model: 'openai/gpt-4o-mini' },
        bedrock: { on: true, stages: ['output'], guardrail: 'abc', version: 3, timeoutMs: 900 },
      },
    });
    expect(judgedFor(config, WORDS, 'output', MEMBER)).toEqual([
      {
        ...{ rail: 'self-check', required: true, timeoutMs: 1500 },
        options: { prompt: 'output {{ answer }}', model: 'openai/gpt-4o-mini' },
      },
      {
        ...{ rail: 'bedrock', required: false, timeoutMs: 900 },
        options: { guardrail: 'abc', version: '3', inModel: 'false' },
      },
    ]);
    expect(judgedFor(config, WORDS, 'input', MEMBER)).toMatchObject([{ rail: 'self-check' }]);
    expect(judgedFor(config, WORDS, 'retrieved', MEMBER)).toEqual([]);
  });

  it('should follow the exceptions', () => {
    const config = aConfig({
      judged: { 'topic-judge': { on: true } },
      exceptions: [{ roles: ['admin'], judged: { 'topic-judge': { on: false } } }],
    });
    expect(judgedFor(config, WORDS, 'input', MEMBER)).toHaveLength(1);
    expect(judgedFor(config, WORDS, 'input', ADMIN)).toEqual([]);
  });

  it.each([
    ['on', { on: true, similarity: 0.6 }, undefined, { topics: '[1,2]', similarity: '0.6' }],
    ['on, where a topic asks too', { on: true }, '[2]', { topics: '[1,2]' }],
    ['silent, where a topic asks', {}, '[2]', { topics: '[2]' }],
    ['silent, where none asks', {}, undefined, undefined],
    ['off, where a topic asks', { on: false }, '[2]', undefined],
  ])(
    'should compare topics by their meaning where the policy is %s',
    (_, said, asking, options) => {
      const words = { ...WORDS, compared: { all: '[1,2]', asking } };
      const config = aConfig({ judged: { 'topic-embeddings': said } });
      const settings = judgedFor(config, words, 'input', MEMBER);
      expect(settings.map((one) => one.options)).toEqual(options === undefined ? [] : [options]);
      expect(judgedFor(config, words, 'output', MEMBER)).toEqual([]);
      const found = { rail: 'topic-embeddings', rule: 'x' };
      expect(actionOf(config, unwritten, found, 'input', MEMBER)).toBe('block');
    },
  );
});
