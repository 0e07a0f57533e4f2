import { describe, expect, it } from '@jest/globals';
import { indexedWords, ownedWord } from './search-words.rules.js';

describe(ownedWord.name, () => {
  it('should end a long word before a character that does not fit, not within it', () => {
    expect(ownedWord(7, `a${'𠀀'.repeat(40)}`)).toBe(`u7xa${'𠀀'.repeat(29)}`);
  });
});

describe(indexedWords.name, () => {
  it('should hold each word once, with its owner in front', () => {
    expect(indexedWords(7, 'Ana, ANA e Ção')).toBe('u7xana u7xe u7xcao');
  });

  it.each(['a', 'é', '語', '𠀀'])('should stay below the bytes of a tsvector, of %s', (letter) => {
    const words = Array.from({ length: 200_000 }, (_, n) => letter + n.toString(36));
    const kept = indexedWords(2_147_483_647, words.join(' ')).split(' ');
    const bytes = kept.reduce((sum, word) => sum + Buffer.byteLength(word) + 5, 0);
    expect(bytes).toBeGreaterThan(690_000);
    expect(bytes).toBeLessThanOrEqual(700_000);
  });
});
