import { z } from 'zod';
import type { RuleProblem } from '../rule-refused.js';
import { wordsOf } from './prompt-words.rules.js';

export const SET_ANSWERS_FILE = 'rails/greetings.yml';

/** Longest phrase that has a set answer, in UTF-16 units. */
const LONGEST_PHRASE = 80;

const answer = z.string().trim().min(1).max(2000);

/** `rails/greetings.yml`: prompts that are answered without a model. */
export const setAnswersSchema = z.strictObject({
  answers: z.array(
    z.strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]*$/)
        .max(64),
      /** A prompt that is one of these, or several of them in a row, and nothing else. */
      prompts: z.array(z.coerce.string().trim().min(1).max(LONGEST_PHRASE)).min(1),
      answer: z.strictObject({ 'pt-BR': answer, en: answer }),
    }),
  ),
  /** Words that may stand among them without asking for anything, such as a name. */
  ignore: z.array(z.coerce.string().trim().min(1).max(LONGEST_PHRASE)).default([]),
});
export type SetAnswersFile = z.output<typeof setAnswersSchema>;

const NO_WORD = {
  en: 'has no letter and no digit: it would answer every prompt without words',
  'pt-BR': 'não tem letra nem algarismo: responderia a todo pedido sem palavras',
};
const twice = (place: string) => ({
  en: `is the same as ${place}, once case, accents and signs are taken away`,
  'pt-BR': `é o mesmo que ${place}, tirando maiúsculas, acentos e sinais`,
});

/** What a schema cannot see. */
export function setAnswerProblems({ answers, ignore }: SetAnswersFile): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const places = new Map<string, string>();
  const look = (phrase: string, path: (string | number)[]): void => {
    const key = wordsOf(phrase).join(' ');
    const other = places.get(key);
    const message = key === '' ? NO_WORD : other === undefined ? undefined : twice(other);
    if (message) problems.push({ file: SET_ANSWERS_FILE, path, message });
    else places.set(key, path.join('.'));
  };
  answers.forEach(({ name, prompts }, place) => {
    if (answers.findIndex((other) => other.name === name) < place) {
      const path = ['answers', place, 'name'];
      problems.push({ file: SET_ANSWERS_FILE, path, message: twice(name) });
    }
    prompts.forEach((prompt, at) => look(prompt, ['answers', place, 'prompts', at]));
  });
  ignore.forEach((phrase, at) => look(phrase, ['ignore', at]));
  return problems;
}
