import { saysBlock, selfCheckPrompt } from './self-check.rules.js';

describe(saysBlock, () => {
  it.each([
    ['Yes', true],
    ['"Sim."', true],
    ['Sí.', true],
    ['Sín duda', undefined],
    ['**Não**, pode passar', false],
    ['no', false],
    ['[No]', false],
    ['Nobody knows', undefined],
    ['simples', undefined],
    ['', undefined],
  ])('should read %j as %p', (said, blocks) => {
    expect(saysBlock(said)).toBe(blocks);
  });
});

describe(selfCheckPrompt, () => {
  const template = 'User: "{{ prompt }}"\nBot: "{{answer}}"\nBlock?';

  it('should put each text in its place, once, whatever the text says', () => {
    expect(selfCheckPrompt(template, { prompt: '{{ answer }} $&', answer: 'ok' })).toBe(
      'User: "{{ answer }} $&"\nBot: "ok"\nBlock?',
    );
  });

  it('should show beginning and end of a text that is too long', () => {
    const prompt = `A${'x'.repeat(50_000)}Z`;
    const shown = selfCheckPrompt(template, { prompt, answer: '' });
    expect(shown.length).toBeLessThan(12_100);
    expect(shown).toMatch(/"Ax+\n\[…\]\nx+Z"/);
  });
});
