import type { ChatMessage } from '../../llm/chat-model.js';
import type { ContextUse, KeptPost, LeftPost } from '../answer-event.js';
import { tokensOf, type Chosen } from './choose-turns.rules.js';
import type { Branch } from './turn.js';
import { gapMark, leftOutNote, summaryNote } from './window-notes.rules.js';

/** Posts left out that are named one by one. */
export const MOST_NAMED = 200;

/** What is told of the turns of a window. */
export type Told = Pick<ContextUse, 'begins' | 'kept' | 'left' | 'leftOlder' | 'summary'>;

/** What is not sent of a branch, newest first, at most {@link MOST_NAMED}, and how many more. */
export function leftOut({ ids }: Branch, { turns }: Chosen): { ids: number[]; older: number } {
  const sent = new Set(turns.map(({ postId }) => postId));
  const named: number[] = [];
  for (const id of ids) {
    if (named.length === MOST_NAMED) break;
    if (!sent.has(id)) named.push(id);
  }
  return { ids: named, older: ids.length - sent.size - named.length };
}

/**
 * Says which posts are sent and which are not, and why.
 * @param incomplete those of the branch that are known not to be complete.
 */
export function tellWindow(
  branch: Branch,
  chosen: Chosen,
  incomplete: ReadonlyMap<number, 'unfinished' | 'blocked'>,
  factor: number,
): Told {
  const begins = beginningOf(branch, chosen);
  const pinned = new Set(branch.pinned.map(({ postId }) => postId));
  const kept = chosen.turns
    .filter(({ postId }) => begins === null || postId < begins)
    .map(({ postId }): KeptPost => {
      return { postId, reason: pinned.has(postId) ? 'pinned' : 'relevant' };
    });
  const { summary } = chosen;
  const reasonOf = (id: number): LeftPost['reason'] => {
    if (id <= branch.freshStart) return 'freshStart';
    const own = incomplete.get(id);
    if (own) return own;
    const isCovered = summary && id <= summary.postId && id > (summary.afterPostId ?? 0);
    return isCovered ? 'summary' : 'window';
  };
  const { ids, older: leftOlder } = leftOut(branch, chosen);
  return {
    ...{ begins, kept, leftOlder },
    left: ids.map((postId) => ({ postId, reason: reasonOf(postId) })),
    summary: summary && {
      ...{ id: summary.id, postId: summary.postId, posts: summary.posts },
      tokens: tokensOf(summaryNote(summary), factor),
    },
  };
}

/** The system prompt, with what is told of the turns that are not sent. */
export function toldSystem(system: string, branch: Branch, chosen: Chosen): string {
  const missing = chosen.told ? leftOutNote(gaps(branch, chosen).total) : undefined;
  const notes = [chosen.summary && summaryNote(chosen.summary), missing];
  return [system, ...notes.filter((note) => typeof note === 'string')].join('\n\n');
}

/** The turns as messages, oldest first, with a mark where some are missing between them. */
export function turnMessages(branch: Branch, chosen: Chosen): ChatMessage[] {
  const { before } = gaps(branch, chosen);
  return chosen.turns.flatMap(({ postId, prompt, answer }): ChatMessage[] => {
    const missing = before.get(postId);
    const text = missing === undefined ? prompt : `${gapMark(missing)}\n\n${prompt}`;
    return [
      { role: 'user', text },
      { role: 'assistant', text: answer },
    ];
  });
}

/**
 * How many turns are missing in all, and between a turn and the one sent before it. A fresh start
 * is no gap: what was before it is as if it had never been said.
 */
function gaps(
  { ids, freshStart, newest }: Branch,
  { turns }: Chosen,
): { total: number; before: ReadonlyMap<number, number> } {
  const sent = new Set(turns.map(({ postId }) => postId));
  const incomplete = new Set(
    newest.filter(({ state }) => state !== 'complete').map(({ postId }) => postId),
  );
  const before = new Map<number, number>();
  let total = 0;
  let missing = 0;
  let later: number | undefined;
  for (const id of ids) {
    if (sent.has(id)) {
      if (later !== undefined && missing > 0) before.set(later, missing);
      later = id;
      missing = 0;
    } else if (id > freshStart && !incomplete.has(id)) {
      total += 1;
      missing += 1;
    }
  }
  return { total, before };
}

/** The oldest of the newest turns that are sent without a gap. */
function beginningOf({ newest }: Branch, { turns }: Chosen): number | null {
  const sent = new Set(turns.map(({ postId }) => postId));
  let begins: number | null = null;
  for (const { postId, state } of newest) {
    if (sent.has(postId)) begins = postId;
    else if (state === 'complete') break;
  }
  return begins;
}

/** The older turns that were chosen for what they say, in the order in which they were. */
export function chosenForRelevance({ older }: Branch, { kept }: Told): readonly number[] {
  const relevant = new Set(
    kept.filter(({ reason }) => reason === 'relevant').map(({ postId }) => postId),
  );
  return older.map(({ postId }) => postId).filter((id) => relevant.has(id));
}
