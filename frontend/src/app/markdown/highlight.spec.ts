import { highlight } from './highlight';

describe(highlight.name, () => {
  it('should colour without changing the text', async () => {
    const code = 'const a = "<b>&amp;</b>"; // ção';
    const nodes = await highlight(code, 'ts');
    expect(nodes?.textContent).toBe(code);
    expect(nodes?.querySelector('.hljs-keyword')).toHaveTextContent('const');
    expect(nodes?.querySelector('b')).toBeNull();
  });

  it('should leave a language it does not know, and very long code, as they are', async () => {
    expect(await highlight('a', 'brainfuck')).toBeNull();
    expect(await highlight('a', '__proto__')).toBeNull();
    expect(await highlight('x'.repeat(70_000), 'js')).toBeNull();
  });
});
