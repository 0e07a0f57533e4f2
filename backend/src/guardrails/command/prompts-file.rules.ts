import { z } from 'zod';
import type { ComparedPrompt } from '../policy/bench/comparison.js';

const expectation = z.enum(['attack', 'benign']).optional();
/** `label` is what sets for `guardrails:eval` and the test bench on screen call it. */
const line = z.object({
  text: z.string(),
  expected: expectation,
  label: expectation.catch(undefined),
});

/** Whose prompts a file stands for. */
const ANYBODY = { role: 'member', door: 'web' };

/**
 * Prompts, a JSON object a line; empty lines are left out.
 * @returns the number of the first line that is none, from 1.
 */
export function promptsIn(text: string): ComparedPrompt[] | { readonly badLine: number } {
  const prompts: ComparedPrompt[] = [];
  for (const [index, written] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (written.trim() === '') continue;
    const parsed = line.safeParse(jsonOf(written));
    if (!parsed.success) return { badLine: index + 1 };
    const { text: prompt, label = null, expected = label } = parsed.data;
    prompts.push({ text: prompt, expected, who: ANYBODY, at: null });
  }
  return prompts;
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
