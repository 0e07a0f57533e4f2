import { describe, expect, it } from '@jest/globals';
import { isMissed, type RetrievalOutcome, scoresOf } from './scores.js';

const asked = (documents: string[], evidence?: string) => ({
  question: 'Quando?',
  language: 'pt-BR',
  documents,
  evidence,
});
const passage = (document: string, text = '') => ({ document, text });

const RIGHT: RetrievalOutcome = {
  question: asked(['a.md'], '45 dias de antecedência'),
  found: [passage('b.md'), passage('a.md', 'Peça com **45 dias** de\nantecedência.')],
  cited: ['a.md', 'b.md'],
};
const LATE: RetrievalOutcome = {
  question: asked(['a.md'], '45 dias'),
  found: [...Array.from({ length: 5 }, () => passage('b.md')), passage('a.md', '45 dias')],
  cited: [],
};
const DECLINED: RetrievalOutcome = { question: asked([]), found: [passage('b.md')], cited: [] };
const GUESSED: RetrievalOutcome = { question: asked([]), found: [], cited: ['b.md'] };

describe('scores of retrieval', () => {
  it('should count what is found among the first five, and where', () => {
    const { recall, mrr, evidence } = scoresOf([RIGHT, LATE, DECLINED]);
    expect({ recall, mrr, evidence }).toEqual({
      recall: 0.5,
      mrr: (1 / 2 + 1 / 6) / 2,
      evidence: 0.5,
    });
  });

  it('should count citations of right documents, and questions that were declined', () => {
    const { citationPrecision, answered, declined } = scoresOf([RIGHT, LATE, DECLINED, GUESSED]);
    expect({ citationPrecision, answered, declined }).toEqual({
      citationPrecision: 0.5,
      answered: 0.5,
      declined: 0.5,
    });
  });

  it('should name what was missed', () => {
    expect([RIGHT, LATE, DECLINED, GUESSED].map(isMissed)).toEqual([false, true, false, true]);
  });
});
