/** An earlier prompt and its answer, with the tokens that a provider counted, where it did. */
export interface Turn {
  readonly postId: number;
  /** What its model was asked. */
  readonly prompt: string;
  readonly answer: string;
  readonly answerTokens: number | null;
  /** Blocked and unfinished answers are not sent again. */
  readonly state: 'complete' | 'unfinished' | 'blocked';
}

/** A turn as it is stored. */
export interface StoredTurn extends Turn {
  /** The policy whose rails saw it last; null: none did. */
  readonly policyId: number | null;
}

/** A summary that may stand for earlier turns. */
export interface SummaryText {
  readonly id: number;
  /** It says nothing of this post and those before it; null: it begins with the conversation. */
  readonly afterPostId: number | null;
  /** The last post that it covers. */
  readonly postId: number;
  /** How many it covers. */
  readonly posts: number;
  readonly text: string;
}

/** What there is to choose from. */
export interface Branch {
  /** The whole branch, newest first. */
  readonly ids: readonly number[];
  /** Nothing up to and including this post is sent, but what is pinned; 0: all may be. */
  readonly freshStart: number;
  /** Its newest turns without a gap, newest first: all of them, or more than there is room for. */
  readonly newest: readonly Turn[];
  /** Newest first, wherever they stand. */
  readonly pinned: readonly Turn[];
  /** Older turns that were chosen for the post before, then those that look relevant, best first. */
  readonly older: readonly Turn[];
  readonly summary: SummaryText | null;
}

export const NO_BRANCH: Branch = {
  ...{ ids: [], freshStart: 0, newest: [], pinned: [], older: [] },
  summary: null,
};

/**
 * Where a post stands on a branch, or would: the first place whose id is no higher. Ids fall from
 * the leaf to the beginning, and looking among thousands by halves costs no set of them.
 */
export function placeOf(ids: readonly number[], id: number): number {
  let [from, to] = [0, ids.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ids[middle] ?? 0) > id) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Whether a post is among those of a branch, which are newest first. */
export const isAmong = (ids: readonly number[], id: number): boolean =>
  ids[placeOf(ids, id)] === id;
