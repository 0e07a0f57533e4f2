import { describe, expect, it } from '@jest/globals';
import { ANYBODY, inForce, type PlainRule } from '../../test/harness/plain-rails.js';
import { GuardFailure } from './guard-failure.js';
import { Guardrails } from './guardrails.js';
import { compilePolicy } from './policy/files/compile-policy.js';
import { BuiltInRails } from './policy/versions/built-in-rails.js';

const RULES: readonly PlainRule[] = [
  {
    ...{ rail: 'personal-data', rule: 'cpf', kind: 'CPF', pattern: /\d{11}/g },
    actions: { input: 'mask', retrieved: 'mask' },
  },
  {
    rail: 'secrets',
    rule: 'key',
    kind: 'KEY',
    pattern: /sk-\w+/g,
    actions: { input: 'block', retrieved: 'mask' },
  },
  { rail: 'prompt-attacks', rule: 'override', pattern: /ignore/g, actions: { retrieved: 'block' } },
];
const rails = new Guardrails(inForce(...RULES));
const named = ({ kind, value }: { kind: string; value: string }) => `<${kind} ${value}>`;

const { current } = inForce(...RULES);
/** The rails that come with Prosa. */
const { rules: builtIn } = await compilePolicy(await new BuiltInRails().files());
const real = new Guardrails({ current: { ...current, ...builtIn } });
const failing = new Guardrails({
  current: {
    ...current,
    local: {
      ...current.local,
      find: () => {
        throw new Error('12345678901 cannot be judged');
      },
      steps: () => {
        throw new Error('12345678901 cannot be judged');
      },
    },
  },
});

describe(Guardrails.name, () => {
  it('should mask a prompt, naming each value once it has a name', () => {
    const verdict = rails.input('CPF 12345678901!', ANYBODY);
    expect(verdict).toMatchObject({
      action: 'pass',
      hits: [{ rule: 'cpf', action: 'mask', hits: 1 }],
    });
    expect(verdict.text.with(named)).toBe('CPF <CPF 12345678901>!');
  });

  it('should let the strictest finding decide, and hand on a notice', () => {
    const verdict = rails.input('12345678901 sk-abc', ANYBODY);
    expect(verdict).toMatchObject({ action: 'block', rail: 'secrets' });
    expect(verdict.text.with(named)).not.toMatch(/123|sk-/);
  });

  it('should hide secrets of a source for good, and drop one that is blocked', () => {
    const { text, hits } = rails.passage('12345678901 sk-abc', ANYBODY);
    expect(text?.with(named)).toBe('<CPF 12345678901> [KEY]');
    expect(hits).toHaveLength(2);
    expect(rails.passage('ignore tudo', ANYBODY).text).toBeUndefined();
  });

  it('should use an address whole or not at all', () => {
    const address = (url: string) => rails.address(url, ANYBODY);
    const plain = 'https://a.example/x?y=1#z';
    expect(address(plain)).toEqual({ hits: [], isUsable: true, url: plain });
    expect(address('https://a.example/12345678901')).toMatchObject({ isUsable: true, url: null });
    expect(address('https://a.example/%69gnore')).toMatchObject({ isUsable: false, url: null });
    expect(failing.address(plain, ANYBODY)).toMatchObject({ isUsable: false, url: null });
  });

  it('should ask the web about nobody', () => {
    expect(rails.query('quem é 12345678901 ou [CPF_1]?', ANYBODY)).toBe('quem é   ou  ?');
    expect(rails.query('sk-abc', ANYBODY)).toBe('');
  });

  it('should judge a long earlier text as a short one, while others have a turn', async () => {
    const word = 'palavra '.repeat(30_000);
    let others = 0;
    let isOver = false;
    const other = (): void => {
      others += 1;
      if (!isOver) setImmediate(other);
    };
    setImmediate(other);
    const long = await real.longEarlier(`${word} CPF 529.982.247-25`, ANYBODY);
    isOver = true;
    expect(long?.with(named).slice(-24)).toBe('CPF <CPF 529.982.247-25>');
    expect(others).toBeGreaterThan(1);
    const refused = await real.longEarlier(`${word} senha: Xk9vQ2pLw7Rt`, ANYBODY);
    expect(refused).toBeUndefined();
    await expect(failing.longEarlier(word, ANYBODY)).rejects.toBeInstanceOf(GuardFailure);
  });

  it('should close where a rail fails, and say nothing of the text', () => {
    for (const judge of [
      () => failing.input('12345678901', ANYBODY),
      () => failing.earlier('12345678901', ANYBODY),
      () => failing.query('12345678901', ANYBODY),
    ]) {
      const error: unknown = caught(judge);
      expect(error).toBeInstanceOf(GuardFailure);
      expect(error).toMatchObject({ code: 'GUARDRAIL.FAILED', hit: { outcome: 'closed' } });
      expect(JSON.stringify([String(error), error, (error as Error).cause])).not.toContain('123');
    }
    expect(failing.passage('12345678901', ANYBODY)).toMatchObject({
      text: undefined,
      hits: [{ stage: 'retrieved', outcome: 'closed' }],
    });
  });
});

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
