import type { ThreadPost } from './thread-post';
import { withPost } from './thread.rules';

/** A part of a conversation without a gap, oldest first, and whether there is more at its ends. */
export interface ThreadSlice {
  readonly posts: readonly ThreadPost[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** The part that is on the screen, and the conversation's last posts while it does not reach them. */
export interface HeldThread {
  readonly slice: ThreadSlice;
  /** Empty unless `slice.hasNewer`: what is answered at the end is heard wherever one reads. */
  readonly end: readonly ThreadPost[];
}

export const NOTHING_HELD: HeldThread = {
  slice: { posts: [], hasOlder: false, hasNewer: false },
  end: [],
};

/** A page as the server gives it: newest first. */
export interface PostPage {
  readonly posts: readonly ThreadPost[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** More posts than one scrolls through at a stretch; those far away are read again when needed. */
export const MOST_POSTS = 200;
/** Some 16 MB of text; answers of 80 kB are let go of after forty. */
export const MOST_CHARACTERS = 4_000_000;
/** Never fewer are kept, however long they are: what is on the screen is among them. */
export const FEWEST_POSTS = 30;
/** Posts kept of the end while one reads elsewhere. */
const END_POSTS = 20;

/** Shows a page that was read around a post, or at the end. */
export function shownPage(page: PostPage, end: readonly ThreadPost[]): HeldThread {
  const slice = { ...page, posts: page.posts.toReversed() };
  return joinEnd({ slice, end: slice.hasNewer ? end : [] });
}

/** Puts a page of older posts before those shown, and lets go of what is far below. */
export function withOlderPage({ slice, end }: HeldThread, page: PostPage): HeldThread {
  const posts = [...withoutThose(page.posts.toReversed(), slice.posts), ...slice.posts];
  const length = lengthWithin(posts);
  const dropped = length < posts.length;
  return {
    slice: {
      posts: posts.slice(0, length),
      hasOlder: page.hasOlder,
      hasNewer: slice.hasNewer || dropped,
    },
    end: dropped && !slice.hasNewer ? slice.posts.slice(-END_POSTS) : end,
  };
}

/** Puts a page of newer posts after those shown, and lets go of what is far above. */
export function withNewerPage({ slice, end }: HeldThread, page: PostPage): HeldThread {
  // What is being answered at the end is further on here than on the server's page.
  const known = new Map(end.map((post) => [post.id, post]));
  const newer = page.posts.toReversed().map((post) => known.get(post.id) ?? post);
  const posts = [...slice.posts, ...withoutThose(newer, slice.posts)];
  const joined = joinEnd({
    slice: { posts, hasOlder: slice.hasOlder, hasNewer: page.hasNewer },
    end,
  });
  const length = lengthWithin(joined.slice.posts.toReversed());
  const dropped = length < joined.slice.posts.length;
  return {
    slice: {
      ...joined.slice,
      posts: joined.slice.posts.slice(-length),
      hasOlder: joined.slice.hasOlder || dropped,
    },
    end: joined.end,
  };
}

/** Goes to the end at once, with what is held of it. */
export function atEnd(held: HeldThread): HeldThread {
  if (!held.slice.hasNewer || held.end.length === 0) return held;
  return { slice: { posts: held.end, hasOlder: true, hasNewer: false }, end: [] };
}

/** Adds a post that was just asked: at the end, or in place of `replaced` and all after it. */
export function withAsked(
  held: HeldThread,
  post: ThreadPost,
  replaced: ThreadPost | null,
): HeldThread {
  const { slice } = replaced ? held : atEnd(held);
  const cut = replaced ? slice.posts.findIndex(({ key }) => key === replaced.key) : -1;
  const before = cut < 0 ? slice.posts : slice.posts.slice(0, cut);
  return { slice: { ...slice, posts: [...before, post], hasNewer: false }, end: [] };
}

/** Replaces one post by what `change` makes of it, wherever it is held. */
export function withChange(
  held: HeldThread,
  key: string,
  change: (post: ThreadPost) => ThreadPost,
): HeldThread {
  const posts = withPost(held.slice.posts, key, change);
  const end = withPost(held.end, key, change);
  if (posts === held.slice.posts && end === held.end) return held;
  return { slice: { ...held.slice, posts }, end };
}

/** Everything that is held, oldest first; between the two parts others may be missing. */
export function allHeld({ slice, end }: HeldThread): readonly ThreadPost[] {
  return end.length === 0 ? slice.posts : [...slice.posts, ...withoutThose(end, slice.posts)];
}

/** The last posts of a conversation, for when the server is away. */
export function lastHeld(held: HeldThread, most: number, characters: number): ThreadSlice {
  const { posts, hasOlder } = atEnd(held).slice;
  const length = lengthWithin(posts.toReversed(), { most, characters, fewest: 1 });
  return {
    posts: posts.slice(-length),
    hasOlder: hasOlder || length < posts.length,
    hasNewer: false,
  };
}

/** Where the part on the screen touches the held end, the two are one. */
function joinEnd(held: HeldThread): HeldThread {
  const { slice, end } = held;
  const shown = new Set(slice.posts.map(({ id }) => id));
  const touch = end.findLastIndex(({ id }) => shown.has(id));
  if (!slice.hasNewer) return { slice, end: [] };
  if (touch < 0) return held;
  return {
    slice: { ...slice, posts: [...slice.posts, ...end.slice(touch + 1)], hasNewer: false },
    end: [],
  };
}

const withoutThose = (
  posts: readonly ThreadPost[],
  those: readonly ThreadPost[],
): readonly ThreadPost[] => {
  const ids = new Set(those.map(({ id }) => id));
  return posts.filter(({ id }) => !ids.has(id));
};

/** How many of the first posts stay within the bounds. */
function lengthWithin(
  posts: readonly ThreadPost[],
  { most, characters, fewest } = {
    most: MOST_POSTS,
    characters: MOST_CHARACTERS,
    fewest: FEWEST_POSTS,
  },
): number {
  let sum = 0;
  for (const [index, { prompt, body }] of posts.entries()) {
    sum += prompt.length + body.length;
    if (index >= most || (sum > characters && index >= fewest)) return index;
  }
  return posts.length;
}
