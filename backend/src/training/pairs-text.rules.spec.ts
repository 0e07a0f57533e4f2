import { describe, expect, it } from '@jest/globals';
import { pairsText } from './pairs-text.rules.js';

describe('pairs as text', () => {
  it('should put each answer under its question', () => {
    const pairs = [
      { question: 'Qual o\n prazo?', answer: 'Dez dias.' },
      { question: 'E a multa?', answer: 'Não há.' },
    ];
    expect(pairsText(pairs)).toBe('## Qual o prazo?\n\nDez dias.\n\n## E a multa?\n\nNão há.\n');
  });

  it('should let no answer begin a heading of its own', () => {
    const answer = '# Um\n   ## Dois\n#\nTrês\n===\nQuatro\n---\n#hashtag e - lista';
    expect(pairsText([{ question: 'Q', answer }])).toBe(
      '## Q\n\n\\# Um\n   \\## Dois\n\\#\nTrês\n\\===\nQuatro\n\\---\n#hashtag e - lista\n',
    );
  });
});
