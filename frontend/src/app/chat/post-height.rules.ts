import type { ThreadPost } from './thread-post';

/** Characters in a line of the answer, at the measure of a desk and of a phone alike: a guess. */
const LINE_CHARACTERS = 70;
const LINE_PX = 28;
/** Longer prompts are folded. */
const MOST_PROMPT_PX = 330;
/** The row of actions and the space to the next post. */
const REST_PX = 130;

/** A first guess of how high a post will be, in pixels; measured as soon as it is in the page. */
export function estimatedHeight({ prompt, body }: Pick<ThreadPost, 'prompt' | 'body'>): number {
  const promptPx = Math.min(linesOf(prompt) * LINE_PX, MOST_PROMPT_PX);
  return promptPx + linesOf(body) * LINE_PX + REST_PX;
}

const linesOf = (text: string): number => Math.ceil(text.length / LINE_CHARACTERS);
