import { textHeight } from '../markdown/text-height.rules';
import type { ThreadPost } from './thread-post';

/** Longer prompts are folded. */
const MOST_PROMPT_PX = 330;
/** The row of actions and the space to the next post. */
const REST_PX = 130;

/** A first guess of how high a post will be, in pixels; measured as soon as it is in the page. */
export function estimatedHeight({ prompt, body }: Pick<ThreadPost, 'prompt' | 'body'>): number {
  return Math.min(textHeight(prompt.length), MOST_PROMPT_PX) + textHeight(body.length) + REST_PX;
}
