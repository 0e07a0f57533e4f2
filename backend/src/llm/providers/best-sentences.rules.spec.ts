import { describe, expect, it } from '@jest/globals';
import type { Passage } from '../chat-model.js';
import { bestSentences } from './best-sentences.rules.js';

const passage = (n: number, title: string, text: string): Passage => ({
  ...{ n, title, text, kind: 'document', page: null, host: null },
});
const KITCHEN = passage(1, 'Kitchen', 'The dishwasher is emptied every morning. Mugs are washed.');
const COPY = passage(2, 'Kitchen notes', 'The dishwasher is emptied each morning by somebody.');
const cited = (question: string, passages: readonly Passage[]) =>
  bestSentences(question, passages).map(({ n }) => n);

describe(bestSentences.name, () => {
  it('should say once what two documents say', () => {
    expect(cited('When is the dishwasher emptied?', [KITCHEN, COPY])).toEqual([1]);
  });

  it('should quote another document for what the first does not say', () => {
    const garage = passage(2, 'Garage', 'The gate is closed at 11 p.m.');
    expect(cited('Mugs washed, gate closed?', [KITCHEN, garage])).toEqual(
      expect.arrayContaining([1, 2]),
    );
  });

  it('should prefer a sentence that states a figure where one is asked for', () => {
    const text = 'A secagem do grão tem custo por saca. O custo da secagem é de R$ 2,10.';
    const [first] = bestSentences('Quanto custa a secagem?', [passage(1, 'Milho', text)]);
    expect(first?.text).toBe('O custo da secagem é de R$ 2,10.');
  });

  it('should quote a document in another language than the question', () => {
    const text = 'O caminhão coleta o leite a cada dois dias.';
    expect(cited('How often is the milk collected?', [passage(1, 'Leite', text)])).toEqual([1]);
  });

  it('should quote nothing where too little of the question is spoken of', () => {
    expect(cited('Who repairs the coffee machine on the third floor?', [KITCHEN, COPY])).toEqual(
      [],
    );
  });
});
