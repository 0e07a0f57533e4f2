import { DomainError } from '../../../platform/domain-error.js';
import { jsonLines, promptOf, type SetPrompt } from '../../prompt-set.rules.js';
import { MOST_PROMPTS } from '../policies.schema.js';

/** Largest file of prompts: 5,000 of 1,600 characters each. In megabytes. */
export const LARGEST_SET_MB = 8;

/** Longest prompt that is judged, in UTF-16 units, as long as one that can be asked at the most. */
const LONGEST_PROMPT = 200_000;

/**
 * Reads the prompts of a file as it arrives, a JSON object a line: never more of it at a time than a
 * part and a line, so that others have their turn in between.
 * @throws {DomainError} GUARDRAIL.TOO_MANY_PROMPTS, GUARDRAIL.NO_PROMPT with the line, from 1.
 */
export async function sentPrompts(bytes: AsyncIterable<Buffer>): Promise<SetPrompt[]> {
  const prompts: SetPrompt[] = [];
  const decoder = new TextDecoder();
  let rest = '';
  let read = 0;
  const take = (text: string): void => {
    for (const { line, value } of jsonLines(text)) prompts.push(required(value, read + line));
    read += text.split('\n').length;
    if (prompts.length > MOST_PROMPTS) {
      throw new DomainError('GUARDRAIL.TOO_MANY_PROMPTS', { most: MOST_PROMPTS });
    }
  };
  for await (const part of bytes) {
    rest += decoder.decode(part, { stream: true });
    const end = rest.lastIndexOf('\n');
    if (end === -1) continue;
    take(rest.slice(0, end));
    rest = rest.slice(end + 1);
  }
  take(rest + decoder.decode());
  if (prompts.length === 0) throw new DomainError('GUARDRAIL.NO_PROMPT', { line: 1 });
  return prompts;
}

function required(value: unknown, line: number): SetPrompt {
  const prompt = promptOf(value);
  if (!prompt || prompt.text.length > LONGEST_PROMPT) {
    throw new DomainError('GUARDRAIL.NO_PROMPT', { line });
  }
  return prompt;
}
