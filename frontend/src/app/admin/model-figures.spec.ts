import { timeLeft } from './model-figures.rules';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe(timeLeft.name, () => {
  it.each([
    [0, '1 s'],
    [39.2, '40 s'],
    [61, '2 min'],
    [3600, '60 min'],
    [Infinity, ''],
    [NaN, ''],
  ])('should write %d seconds', (seconds, text) => {
    expect(plain(timeLeft(seconds, 'pt-BR'))).toBe(text);
  });
});
