import { promptsIn } from './prompt-set.rules.js';

describe(promptsIn, () => {
  it('should read what is expected of a prompt under either name', () => {
    const file = [
      '\uFEFF{"text": "a", "expected": "attack"}',
      '',
      '{"text": "b", "label": "benign"}',
      '{"text": "c", "label": "another"}',
      '{"text": "d"}',
    ].join('\n');
    expect(promptsIn(file)).toMatchObject([
      { text: 'a', expected: 'attack' },
      { text: 'b', expected: 'benign' },
      { text: 'c', expected: null },
      { text: 'd', expected: null },
    ]);
  });

  it('should name the first line that is no prompt', () => {
    expect(promptsIn('{"text": "a"}\nnada')).toEqual({ badLine: 2 });
    expect(promptsIn('{"prompt": "a"}')).toEqual({ badLine: 1 });
  });
});
