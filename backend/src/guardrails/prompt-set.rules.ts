import { z } from 'zod';
import type { Expected } from './policy/bench/tally.rules.js';

/** What a prompt of a set is expected to be. */
export const EXPECTATIONS = ['attack', 'benign'] as const satisfies readonly Expected[];

/** A line of a set that is not empty. */
export interface SetLine {
  /** Of the file, from 1. */
  readonly line: number;
  /** What it says; undefined where it is not JSON. */
  readonly value: unknown;
}

/** A prompt of a set. */
export interface SetPrompt {
  readonly text: string;
  /** Null where the set does not say. */
  readonly expected: Expected | null;
}

/** The lines of a file in which each is a JSON value; empty ones are left out. */
export function jsonLines(text: string): SetLine[] {
  return withoutMark(text)
    .split('\n')
    .flatMap((written, at) =>
      written.trim() === '' ? [] : [{ line: at + 1, value: jsonOf(written) }],
    );
}

/** A text without the mark that some editors put before it. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

const expectation = z.enum(EXPECTATIONS).optional();
/** `label` is what published sets and the test bench on screen call it. */
const promptLine = z.object({
  text: z.string(),
  expected: expectation,
  label: expectation.catch(undefined),
});

/**
 * Reads the prompts of a set, a JSON object a line.
 * @returns the number of the first line that is none, from 1.
 */
export function promptsIn(text: string): SetPrompt[] | { readonly badLine: number } {
  const prompts: SetPrompt[] = [];
  for (const { line, value } of jsonLines(text)) {
    const prompt = promptOf(value);
    if (!prompt) return { badLine: line };
    prompts.push(prompt);
  }
  return prompts;
}

/** The prompt of a line; undefined where it is none. */
export function promptOf(value: unknown): SetPrompt | undefined {
  const { data } = promptLine.safeParse(value);
  if (!data) return undefined;
  const { text, label = null, expected = label } = data;
  return { text, expected };
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
