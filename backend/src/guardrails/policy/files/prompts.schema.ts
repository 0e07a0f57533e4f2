import { z } from 'zod';
import { LANGUAGES } from '../../../platform/language.rules.js';

const VARIABLES = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What a prompt for a model's judgement may name, and what it must. */
const TASKS = {
  self_check_input: { known: ['prompt'], needed: 'prompt' },
  self_check_output: { known: ['prompt', 'answer'], needed: 'answer' },
} as const;
export type PromptTask = keyof typeof TASKS;

const missing = (name: string) => ({
  en: `must hold {{ ${name} }}, where the text to be judged goes`,
  'pt-BR': `precisa ter {{ ${name} }}, onde entra o texto a ser avaliado`,
});

const unknown = (name: string, known: readonly string[]) => {
  const list = known.map((one) => `{{ ${one} }}`).join(', ');
  return {
    en: `does not know {{ ${name} }}; there is ${list}`,
    'pt-BR': `não conhece {{ ${name} }}; existe ${list}`,
  };
};

/** A template whose variables are those of its task. */
const template = (task: PromptTask) =>
  z
    .string()
    .min(1)
    .max(20_000)
    .superRefine((text, context) => {
      const { known, needed } = TASKS[task];
      const names = [...text.matchAll(VARIABLES)].map(([, name = '']) => name);
      const strange = names.find((name) => !(known as readonly string[]).includes(name));
      if (strange !== undefined) {
        context.addIssue({ code: 'custom', params: { said: unknown(strange, known) } });
      } else if (!names.includes(needed)) {
        context.addIssue({ code: 'custom', params: { said: missing(needed) } });
      }
    });

const inEachLanguage = (task: PromptTask) =>
  z.strictObject(
    Object.fromEntries(LANGUAGES.map((language) => [language, template(task)])) as Record<
      (typeof LANGUAGES)[number],
      ReturnType<typeof template>
    >,
  );

/** `prompts.yml`: what a model is asked that is to judge a text. */
export const promptsSchema = z.strictObject({
  self_check_input: inEachLanguage('self_check_input'),
  self_check_output: inEachLanguage('self_check_output'),
});

/** What `prompts.yml` says. */
export type PolicyPrompts = z.output<typeof promptsSchema>;
