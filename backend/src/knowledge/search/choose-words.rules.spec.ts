import { describe, expect, it } from '@jest/globals';
import { chooseWords } from './choose-words.rules.js';

/** Of 100 passages that were counted. */
const statistics = {
  counted: 100,
  holders: new Map([
    ['comum', 30],
    ['usual', 20],
    ['frequente', 10],
    ['meio', 1],
  ]),
  averages: { title: 1, heading: 1, words: 1 },
};
const [comum, usual, frequente, meio, raro] = ['comum', 'usual', 'frequente', 'meio', 'raro'].map(
  (word) => [word],
) as [string[], string[], string[], string[], string[]];

describe(chooseWords.name, () => {
  it('should look by every word where there is little to look at', () => {
    const chosen = chooseWords([comum, usual, raro], 1000, statistics);
    expect(chosen).toEqual([[raro], [usual], [comum]]);
  });

  it('should take common words only together where there is much', () => {
    const chosen = chooseWords([comum, raro, usual, meio, frequente], 100_000, statistics);
    expect(chosen).toEqual([[raro], [meio], [frequente, usual]]);
  });

  it('should ask for two common words at once', () => {
    expect(chooseWords([usual, frequente], 100_000, statistics)).toEqual([[frequente, usual]]);
  });

  it('should look by a word that is too common where there is no other', () => {
    expect(chooseWords([comum], 1_000_000, statistics)).toEqual([[comum]]);
  });

  it('should choose nothing of nothing', () => {
    expect(chooseWords([], 1000, statistics)).toEqual([]);
  });
});
