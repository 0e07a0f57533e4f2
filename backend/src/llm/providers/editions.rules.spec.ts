import { describe, expect, it } from '@jest/globals';
import type { Passage } from '../chat-model.js';
import { editionsAsked } from './editions.rules.js';

const passage = (n: number, title: string): Passage => ({
  ...{ n, title, kind: 'document', text: '', page: null, host: null },
});
const RULES = [
  passage(1, 'Férias 2023'),
  passage(2, 'Férias 2024'),
  passage(3, 'Viagens'),
  passage(4, 'Ata de março de 2023'),
];
const asked = (question: string) => editionsAsked(question, RULES).map(({ n }) => n);

describe('editionsAsked', () => {
  it('should keep the last edition where no year is asked', () => {
    expect(asked('Posso vender férias?')).toEqual([2, 3, 4]);
  });

  it('should keep the edition of the year that is asked', () => {
    expect(asked('Em 2023, podia vender férias?')).toEqual([1, 3, 4]);
  });

  it('should keep all where none is of the year that is asked', () => {
    expect(asked('Quando muda em 2030?')).toEqual([1, 2, 3, 4]);
  });

  it('should compare where two years are asked', () => {
    expect(asked('O que mudou de 2023 para 2024?')).toEqual([1, 2, 3, 4]);
  });
});
