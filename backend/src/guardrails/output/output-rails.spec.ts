import { describe, expect, it } from '@jest/globals';
import {
  ANYBODY,
  inForce,
  LONGEST,
  plainPolicy,
  type PlainRule,
} from '../../../test/harness/plain-rails.js';
import { Guardrails } from '../guardrails.js';
import { CHECKS_FILE, checksSchema } from '../rails/checks.file.js';
import { compileRails } from '../rails/rail-files.js';
import { LocalOutputRails } from './output-rails.js';

const RULES: readonly PlainRule[] = [
  {
    ...{ rail: 'blocked-terms', rule: 'words', pattern: /proibido/g },
    actions: { output: 'block' },
  },
  {
    ...{ rail: 'secrets', rule: 'key', kind: 'KEY', pattern: /sk-[a-z]{4,12}/g },
    actions: { output: 'mask' },
  },
  {
    ...{ rail: 'links', rule: 'stranger', pattern: /\(https:\/\/evil[^)\s]{0,12}\)/g },
    actions: { output: 'replace' },
    text: '(link retirado)',
  },
  { rail: 'patterns', rule: 'seen', pattern: /azul/g, actions: { output: 'flag' } },
];

const rails = () => new Guardrails(inForce(...RULES)).output(ANYBODY);

/** What readers see of a text that comes in those parts, and how it ended. */
function shownOf(parts: readonly string[]) {
  const one = rails();
  let shown = '';
  for (const part of parts) shown += one.push(part);
  shown += one.end();
  return { shown, stop: one.stop?.code, hits: one.hits() };
}

const TEXTS = [
  'céu azul 🙂 e nada mais, nem [1] nem [x](https://a.b)',
  'a chave é sk-abcdefgh, guarde',
  'sk-abcd',
  'antes sk-abcdef e proibido depois sk-zzzz',
  'veja ![x](https://evil.a/b) e [CPF_1] e [CPF_',
  'proibido',
  'sk-abcdproibido [CPF_12] azul proibido',
  'fim \ud83d',
];

describe(LocalOutputRails.name, () => {
  it('should mask, replace and stop, and tell what was found', () => {
    expect(shownOf(['a sk-abcd b ![x](https://evil.a/b) azul c proibido d'])).toMatchObject({
      shown: 'a [KEY] b ![x](link retirado) azul c ',
      stop: 'GUARDRAIL.ANSWER_BLOCKED',
      hits: [
        { rail: 'secrets', rule: 'key', action: 'mask', hits: 1, outcome: 'hit', stage: 'output' },
        { rail: 'links', action: 'replace' },
        { rail: 'patterns', action: 'flag' },
        { rail: 'blocked-terms', action: 'block' },
      ],
    });
  });

  it('should say the same whole, by characters, and cut at every two places', () => {
    let positions = 0;
    for (const text of TEXTS) {
      const whole = shownOf([text]);
      expect(shownOf([...Array(text.length).keys()].map((at) => text.charAt(at)))).toEqual(whole);
      for (let first = 0; first <= text.length; first += 1) {
        expect(shownOf([text.slice(0, first), text.slice(first)])).toEqual(whole);
        positions += 1;
      }
    }
    expect(positions).toBeGreaterThan(200);
  });

  it('should find in an answer that goes on what began before, wherever that ended', () => {
    const found = 'veja ![x](https://evil.a/b) e sk-abcdefgh e proibido';
    const clean = 'azul [CPF_1] 🙂';
    let positions = 0;
    for (const text of [found, clean]) {
      const whole = shownOf([text]);
      for (let cut = 1; cut < text.length; cut += 1) {
        const guardrails = new Guardrails(inForce(...RULES));
        const before = guardrails.output(ANYBODY);
        const first = before.push(text.slice(0, cut)) + before.end();
        if (before.stop) continue;
        const after = guardrails.output(ANYBODY, {}, first);
        const body = first + after.push(text.slice(cut)) + after.end();
        expect(body).not.toMatch(/evil\.a\/b\)|sk-abcdefgh|proibido/);
        expect(after.stop?.code).toBe(whole.stop);
        positions += 1;
      }
    }
    expect(positions).toBeGreaterThan(50);
    const again = new Guardrails(inForce(...RULES)).output(ANYBODY, {}, 'proibido sk-abcdefgh ');
    expect(again.push('e mais') + again.end()).toBe('e mais');
    expect(again.hits()).toEqual([]);
  });

  it('should let nothing out after it has stopped', () => {
    const one = rails();
    one.push(`proibido${'x'.repeat(LONGEST)}`);
    expect(one.stop?.hit).toMatchObject({ rail: 'blocked-terms', hits: 1 });
    expect(one.push('mais') + one.end()).toBe('');
  });

  it('should give back the very text where nothing is found and nothing held', () => {
    const one = new Guardrails(
      inForce({ rail: 'secrets', rule: 'none', pattern: /$^/g, actions: {} }),
    ).output(ANYBODY);
    const prose = 'palavras comuns '.repeat(10);
    const shown = one.push(prose);
    expect(prose.startsWith(shown)).toBe(true);
    expect(prose.length - shown.length).toBe(LONGEST);
  });

  it('should not tear what may become a placeholder', () => {
    const one = rails();
    const filled = `x${' '.repeat(LONGEST)}`;
    expect(one.push(`CPF [CPF_${' '.repeat(0)}`)).not.toContain('[');
    expect(one.push(`1] ${filled}`)).toContain('CPF [CPF_1] x');
  });

  it('should close when a rail fails, and show nothing more', () => {
    const policy = inForce(...RULES);
    const { local } = policy.current;
    const failing = {
      ...local,
      stream: () => ({
        push: () => {
          throw new Error('with the text in it');
        },
        end: () => ({ findings: [], settled: 0 }),
        cutOff: () => [],
      }),
    };
    const one = new Guardrails({ current: { ...policy.current, local: failing } }).output(ANYBODY);
    expect(one.push('texto') + one.end()).toBe('');
    expect(one.stop?.code).toBe('GUARDRAIL.FAILED');
    expect(one.hits()).toMatchObject([{ stage: 'output', outcome: 'closed', action: 'block' }]);
  });
});

describe('an answer without what would carry data away', () => {
  const links = compileRails({ [CHECKS_FILE]: checksSchema.parse({ links: { allow: [] } }) });
  const policy = { ...plainPolicy(1, []), local: links, action: () => 'replace' as const };
  const read = (parts: readonly string[], language: 'pt-BR' | 'en'): string => {
    const one = new Guardrails({ current: policy }).output({ ...ANYBODY, language });
    return parts.map((part) => one.push(part)).join('') + one.end();
  };
  const q = '(https://evil.example/?q=1)';

  it.each([
    [`Veja [sua conta]${q}.`, 'Veja sua conta (link removido).'],
    ['![foto](https://evil.example/p.png)', '(imagem removida)'],
    ['<img src="https://evil.example/p.png"> ok', '(imagem removida) ok'],
    [
      '[![x](https://evil.example/i.png)](https://a.example)',
      '[(imagem removida)](https://a.example)',
    ],
    [`[![x](https://evil.example/i.png)]${q}!`, '(imagem removida) (link removido)!'],
    [`[a [1] b]${q} e [2]`, 'a [1] b (link removido) e [2]'],
    [`[CPF_1]${q} e [x](https://a.example)`, '[CPF_1] (link removido) e [x](https://a.example)'],
    [`[\n\nveja]${q}`, '[\n\nveja] (link removido)'],
    [
      `veja]${q} e [${'longo '.repeat(40)}]${q}`,
      `veja] (link removido) e [${'longo '.repeat(40)}] (link removido)`,
    ],
    ['lista [1, [2, 3], [', 'lista [1, [2, 3], ['],
    ['em https://evil.example/?q=1 agora', 'em (link removido) agora'],
    ['<https://evil.example/?q=1>', '(link removido)'],
    ['[a]: https://evil.example/?q=1', '[a]: (link removido)'],
    [`| [a]${q} | [b]${q} |`, '| a (link removido) | b (link removido) |'],
  ])('should read well: %s', (text, shown) => {
    expect(read([text], 'pt-BR')).toBe(shown);
    for (let at = 1; at < text.length; at += 1) {
      expect(read([text.slice(0, at), text.slice(at)], 'pt-BR')).toBe(shown);
    }
  });

  it('should be told in the language of its person', () => {
    expect(read([`See [it]${q} and ![p]${q}`], 'en')).toBe(
      'See it (link removed) and (picture removed)',
    );
  });
});
