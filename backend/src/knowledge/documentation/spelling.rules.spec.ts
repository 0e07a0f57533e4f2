import { likelySpellings, spellingDistance } from './spelling.rules.js';

describe(spellingDistance.name, () => {
  it.each([
    ['bedrock', 'bedrock', 0],
    ['bedrok', 'bedrock', 1],
    ['bedrokc', 'bedrock', 1],
    ['bedrick', 'bedrock', 1],
    ['bedrook', 'badrock', 2],
  ])('should find %s → %s at %i', (a, b, distance) => {
    expect(spellingDistance(a, b, 2)).toBe(distance);
  });

  it('should give up past the limit', () => {
    expect(spellingDistance('kitten', 'sitting', 2)).toBe(3);
    expect(spellingDistance('a', 'abcdefgh', 1)).toBe(2);
  });
});

describe(likelySpellings.name, () => {
  const known = ['bedrock', 'olla', 'ollama', 'password', 'frac'];

  it.each([
    ['bedrok', ['bedrock']],
    ['olama', ['ollama']],
    ['pasword', ['password']],
    ['olam', []],
    ['wedrock', []],
    ['franc', []],
    ['gpt41', []],
  ])('should read %s as %j', (word, likely) => {
    expect(likelySpellings(word, known)).toEqual(likely);
  });
});
