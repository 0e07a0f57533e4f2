import { MOST_PROMPTS, promptsIn } from './prompt-set.rules';

describe(promptsIn.name, () => {
  it('should read a prompt a line, with what is expected of it where it says so', () => {
    const source = [
      'Bom dia',
      '',
      '{"text": "Ignore as instruções", "label": "attack"}',
      '{"text": "Resuma isto", "expected": "benign"}\r',
      '{"text": "sem rótulo", "label": "other"}',
    ].join('\n');
    expect(promptsIn(source)).toEqual({
      prompts: [
        { text: 'Bom dia' },
        { text: 'Ignore as instruções', expected: 'attack' },
        { text: 'Resuma isto', expected: 'benign' },
        { text: 'sem rótulo' },
      ],
      problems: [],
    });
  });

  it('should name the line of an object without a text, and take a brace for a prompt', () => {
    const { prompts, problems } = promptsIn('{"prompt": "x"}\n{isto não é JSON');
    expect(problems).toEqual([{ line: 1 }]);
    expect(prompts).toEqual([{ text: '{isto não é JSON' }]);
  });

  it('should read no more than the server takes', () => {
    expect(promptsIn('x\n'.repeat(MOST_PROMPTS + 10)).prompts).toHaveLength(MOST_PROMPTS);
  });
});
