import type { Post } from '../api/contract';

type Railed = Pick<Post, 'rails' | 'status'>;

/** The code of a post of whose prompt the server kept only a notice. */
const PROMPT_BLOCKED = 'GUARDRAIL.BLOCKED';

/** True where a rail held the prompt back: what is stored in its place is a notice. */
export const isPromptBlocked = ({ rails, status, error }: Railed & Pick<Post, 'error'>): boolean =>
  status === 'blocked' &&
  (error?.code === PROMPT_BLOCKED ||
    rails.some(({ stage, action }) => stage === 'input' && action === 'block'));

/** Why a rail ended a post, in the reader's language; empty where none did. */
export const endedByRail = ({ rails, status }: Railed): string =>
  status === 'blocked' ? (rails.findLast(({ action }) => action === 'block')?.message ?? '') : '';

/** What to say of a post's rails, each sentence once; what ended it is said with its state. */
export function railMessages(post: Railed): readonly string[] {
  const said = endedByRail(post);
  const messages = post.rails.map(({ message }) => message);
  return [...new Set(messages)].filter((message) => message !== '' && message !== said);
}
