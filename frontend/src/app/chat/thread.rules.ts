import type { Conversation } from '../api/contract';
import type { ThreadPost } from './thread-post';

/** Replaces one post of the thread by what `change` makes of it; the same list if nothing changed. */
export function withPost(
  posts: readonly ThreadPost[],
  key: string,
  change: (post: ThreadPost) => ThreadPost,
): readonly ThreadPost[] {
  const index = posts.findIndex((post) => post.key === key);
  const before = posts[index];
  if (!before) return posts;
  const after = change(before);
  return after === before ? posts : posts.with(index, after);
}

/** Where a prompt goes that takes the place of `post`: the same parent, one more sibling. */
export function besidePost(post: ThreadPost): Pick<ThreadPost, 'parentId' | 'siblings'> {
  const ids = post.siblings.ids;
  return {
    parentId: post.parentId,
    siblings: { ids: [...ids, 0], index: ids.length },
  };
}

/** Gives the post that was just accepted its id among its siblings, where 0 stood for it. */
export function nameSibling(post: ThreadPost): ThreadPost {
  const ids = post.siblings.ids.map((id) => id || post.id);
  return { ...post, siblings: { ...post.siblings, ids } };
}

/** The longest title the server makes of a prompt, in characters. */
const TITLE_LENGTH = 60;

/** What to call a conversation until its title comes: the first line of its first prompt. */
export function firstWords(prompt: string): string {
  const first = prompt.split('\n').find((text) => /[\p{L}\p{N}]/u.test(text)) ?? prompt;
  const line = first.trim().replace(/\s+/g, ' ');
  if (line.length <= TITLE_LENGTH) return line;
  const cut = line.slice(0, TITLE_LENGTH + 1).lastIndexOf(' ');
  return `${line.slice(0, cut > 0 ? cut : TITLE_LENGTH)}…`;
}

/** The conversation a first prompt has just made, until the server describes it. */
export function justMade(
  id: number,
  prompt: string,
  model: string | null,
  now: Date,
): Conversation {
  const time = now.toISOString();
  return {
    id,
    title: firstWords(prompt),
    status: 'online',
    pinnedAt: null,
    deletedAt: null,
    model,
    instructions: null,
    leafPostId: null,
    branchedFrom: null,
    updatedAt: time,
    createdAt: time,
  };
}

/** The id an address names, such as `/c/12`; 0, which nobody has, when it is no number. */
export function conversationIdOf(address: string): number {
  return /^\d+$/.test(address) ? Number(address) : 0;
}
