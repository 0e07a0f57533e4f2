import { highlighterFor } from './highlight';

describe(highlighterFor.name, () => {
  it('should colour without changing the text', async () => {
    const code = 'const a = "<b>&amp;</b>"; // ção';
    const highlight = await highlighterFor('ts', code.length);
    const nodes = highlight?.(code);
    expect(nodes?.textContent).toBe(code);
    expect(nodes?.querySelector('.hljs-keyword')).toHaveTextContent('const');
    expect(nodes?.querySelector('b')).toBeNull();
  });

  it('should leave a language it does not know, and very long code, as they are', async () => {
    expect(await highlighterFor('brainfuck', 1)).toBeNull();
    expect(await highlighterFor('__proto__', 1)).toBeNull();
    expect(await highlighterFor('js', 70_000)).toBeNull();
  });
});
