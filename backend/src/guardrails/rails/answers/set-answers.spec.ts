import { describe, expect, it } from '@jest/globals';
import { builtInFiles } from '../../../../test/guardrails/built-in-rails.js';
import { compileRails } from '../rail-files.js';
import { SET_ANSWERS_FILE, setAnswersSchema } from './set-answers.file.js';
import { SetAnswers } from './set-answers.js';

const rails = compileRails({ [SET_ANSWERS_FILE]: builtInFiles()[SET_ANSWERS_FILE] });

const answerTo = (prompt: string): string | undefined => rails.find(prompt, 'input')[0]?.rule;

describe(SetAnswers.name, () => {
  it.each([
    ['Oi!', 'greeting'],
    ['  OLÁ, tudo bem?? 😀', 'greeting'],
    ['oiiii', 'greeting'],
    ['Bom dia, Prosa', 'greeting'],
    ['Good morning everyone', 'greeting'],
    ['¡Hola! ¿Qué tal?', 'greeting'],
    ['Muito obrigada ❤️', 'thanks'],
    ['thank you so much!!', 'thanks'],
    ['Gracias.', 'thanks'],
    ['Oi, quem é você?', 'who-are-you'],
    ["What's your name?", 'who-are-you'],
    ['¿Quién eres?', 'who-are-you'],
    ['valeu, tchau', 'goodbye'],
  ])('should answer %j with %s', (prompt, name) => {
    expect(answerTo(prompt)).toBe(name);
  });

  it.each([
    'Oi, qual é a capital do Peru?',
    'Obrigado, agora traduza isso',
    'Como se diz olá em francês?',
    'thanks, and the second one?',
    'Prosa',
    '😀',
    '',
    'oi + oi',
    'oi 2',
    '"Bom dia" em inglês',
    'olá [CPF_1]',
    `oi ${'oi '.repeat(60)}`,
  ])('should leave %j to the model', (prompt) => {
    expect(answerTo(prompt)).toBeUndefined();
  });

  it('should say each answer in each language, at the input only', () => {
    expect(rails.text('set-answers', 'greeting', 'en')).toContain('Hello');
    expect(rails.text('set-answers', 'greeting', 'pt-BR')).toContain('Olá');
    expect(rails.find('Olá', 'output')).toEqual([]);
  });

  it('should refuse a prompt without words, and one that is there twice', () => {
    const answer = { 'pt-BR': 'a', en: 'a' };
    const file = setAnswersSchema.parse({
      answers: [{ name: 'one', prompts: ['oi', 'Ói!', '??'], answer }],
    });
    const compile = () => compileRails({ [SET_ANSWERS_FILE]: file });
    expect(compile).toThrow('answers.0.prompts.1: is the same as answers.0.prompts.0');
    expect(compile).toThrow('answers.0.prompts.2: has no letter');
  });
});
