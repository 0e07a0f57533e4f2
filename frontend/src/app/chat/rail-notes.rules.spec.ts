import type { Rail } from '../api/contract';
import { endedByRail, isPromptBlocked, railMessages } from './rail-notes.rules';

const rail = (action: Rail['action'], message: string): Rail => ({
  ...{ id: 1, stage: 'input', rail: 'personal-data', reported: false },
  action,
  message,
});

describe(railMessages.name, () => {
  it('should say each sentence once', () => {
    const rails = [rail('mask', 'Dados ocultados.'), rail('mask', 'Dados ocultados.')];
    expect(railMessages({ rails, status: 'done' })).toEqual(['Dados ocultados.']);
  });

  it('should leave what ended a post to its state, and say the rest', () => {
    const rails = [rail('mask', 'Dados ocultados.'), rail('block', 'Termo não aceito.')];
    expect(railMessages({ rails, status: 'blocked' })).toEqual(['Dados ocultados.']);
    expect(endedByRail({ rails, status: 'blocked' })).toBe('Termo não aceito.');
    expect(endedByRail({ rails, status: 'done' })).toBe('');
  });
});

describe(isPromptBlocked.name, () => {
  it('should be true of a prompt that was held back, told by a rail or by the stored code', () => {
    const rails = [rail('block', 'Termo não aceito.')];
    expect(isPromptBlocked({ rails, status: 'blocked', error: null })).toBe(true);
    const error = { code: 'GUARDRAIL.BLOCKED', message: '' };
    expect(isPromptBlocked({ rails: [], status: 'blocked', error })).toBe(true);
  });

  it('should be false of an answer that was', () => {
    const rails: Rail[] = [{ ...rail('block', 'A resposta parou aqui.'), stage: 'output' }];
    const error = { code: 'GUARDRAIL.ANSWER_BLOCKED', message: '' };
    expect(isPromptBlocked({ rails, status: 'blocked', error })).toBe(false);
  });
});
