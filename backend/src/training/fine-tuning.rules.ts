import { unnumbered } from '../guardrails/masking/placeholder.rules.js';
import { maskPersonalData } from '../guardrails/personal-data.rules.js';

/** Formats in which a set can be exported. */
export const FINE_TUNING_FORMATS = ['openai', 'bedrock'] as const;
export type FineTuningFormat = (typeof FINE_TUNING_FORMATS)[number];

/** A question and the answer that a model shall learn to give. */
export interface Example {
  readonly question: string;
  readonly answer: string;
}

/**
 * One line of a set, personal data masked.
 * - `openai`: the chat format of OpenAI's supervised fine-tuning.
 * - `bedrock`: `bedrock-conversation-2024` of Amazon Bedrock's model customisation.
 */
export function fineTuningLine({ question, answer }: Example, format: FineTuningFormat): string {
  const turns = [
    { role: 'user', text: masked(question) },
    { role: 'assistant', text: masked(answer) },
  ];
  const line =
    format === 'openai'
      ? { messages: turns.map(({ role, text }) => ({ role, content: text })) }
      : {
          schemaVersion: 'bedrock-conversation-2024',
          messages: turns.map(({ role, text }) => ({ role, content: [{ text }] })),
        };
  return `${JSON.stringify(line)}\n`;
}

/** What was masked when it was asked stands for nothing here: only its kind is left. */
const masked = (text: string): string => maskPersonalData(unnumbered(text));
