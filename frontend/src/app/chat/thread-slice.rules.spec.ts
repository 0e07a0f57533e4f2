import { justAsked, type ThreadPost } from './thread-post';
import {
  allHeld,
  atEnd,
  FEWEST_POSTS,
  type HeldThread,
  lastHeld,
  MOST_CHARACTERS,
  MOST_POSTS,
  type PostPage,
  shownPage,
  withAsked,
  withChange,
  withNewerPage,
  withOlderPage,
} from './thread-slice.rules';

const place = { conversationId: 1, parentId: null, siblings: { ids: [1], index: 0 }, model: null };
const post = (id: number, body = ''): ThreadPost => ({
  ...justAsked(`p${String(id)}`, 'Pergunta', place, new Date(0)),
  id,
  body,
});
/** `count` posts from `newest` on towards the beginning, as the server lists them. */
const page = (newest: number, count: number, last = 1000): PostPage => ({
  posts: Array.from({ length: count }, (_, n) => post(newest - n)),
  hasOlder: newest - count > 0,
  hasNewer: newest < last,
});
const ids = (posts: readonly ThreadPost[]): number[] => posts.map(({ id }) => id);
const run = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
const END = shownPage(page(1000, 20), []);
/** Everything as one scrolls up from the end by so many pages. */
const scrolledUp = (pages: number): HeldThread => {
  let held = END;
  for (let n = 1; n <= pages; n++) held = withOlderPage(held, page(1000 - 20 * n, 20));
  return held;
};

describe('the part of a conversation that is held', () => {
  it('should grow at its beginning, with no post twice', () => {
    const held = withOlderPage(END, page(982, 20));
    expect(ids(held.slice.posts)).toEqual(run(963, 1000));
    expect(held).toMatchObject({ slice: { hasOlder: true, hasNewer: false }, end: [] });
    expect(withOlderPage(shownPage(page(20, 10, 20), []), page(10, 10)).slice.hasOlder).toBe(false);
  });

  it('should let go of what is far below, but for the end', () => {
    const held = scrolledUp(20);
    expect(ids(held.slice.posts)).toEqual(run(581, 580 + MOST_POSTS));
    expect(held.slice).toMatchObject({ hasOlder: true, hasNewer: true });
    expect(ids(held.end)).toEqual(run(981, 1000));
    expect(ids(allHeld(held))).toEqual([...run(581, 780), ...run(981, 1000)]);
  });

  it('should find the way back down to its end, and let go of what is far above', () => {
    let held = scrolledUp(20);
    for (let last = 780; held.slice.hasNewer; last += 20) {
      held = withNewerPage(held, page(last + 20, 20));
    }
    expect(ids(held.slice.posts)).toEqual(run(801, 1000));
    expect(held).toMatchObject({ slice: { hasOlder: true }, end: [] });
  });

  it('should join the end that it holds, whose posts are further on than a page of the server', () => {
    const answering = post(1000, 'um dois três');
    const held = shownPage(page(970, 20), [...END.slice.posts.slice(0, -1), answering]);
    const joined = withNewerPage(held, page(990, 20));
    expect(ids(joined.slice.posts)).toEqual(run(951, 1000));
    expect(joined.slice.posts.at(-1)).toBe(answering);
    expect(joined).toMatchObject({ slice: { hasNewer: false }, end: [] });
    expect(withNewerPage(held, page(1000, 30)).slice.posts.at(-1)).toBe(answering);
  });

  it('should let go of long posts earlier, and never of all', () => {
    const long = 'x'.repeat(MOST_CHARACTERS / 10);
    let held: HeldThread = {
      slice: { ...END.slice, posts: END.slice.posts.map((one) => ({ ...one, body: long })) },
      end: [],
    };
    held = withOlderPage(held, {
      ...page(980, 20),
      posts: page(980, 20).posts.map((one) => ({ ...one, body: long })),
    });
    expect(held.slice.posts).toHaveLength(FEWEST_POSTS);
    expect(held.slice.posts[0]?.id).toBe(961);
  });

  it('should go to the end at once, and stay where it is when nothing is held of it', () => {
    const held = scrolledUp(20);
    expect(ids(atEnd(held).slice.posts)).toEqual(run(981, 1000));
    expect(atEnd(held)).toMatchObject({ slice: { hasNewer: false, hasOlder: true }, end: [] });
    expect(atEnd(END)).toBe(END);
  });

  it('should put a prompt at the end, or in place of a post and all after it', () => {
    const asked = post(0);
    const held = scrolledUp(20);
    expect(ids(withAsked(held, asked, null).slice.posts)).toEqual([...run(981, 1000), 0]);
    const edited = withAsked(held, asked, held.slice.posts[2] ?? null);
    expect(ids(edited.slice.posts)).toEqual([581, 582, 0]);
    expect(edited).toMatchObject({ slice: { hasNewer: false, hasOlder: true }, end: [] });
  });

  it('should change a post wherever it is held, and nothing when nothing changes', () => {
    const held = scrolledUp(20);
    const longer = (one: ThreadPost): ThreadPost => ({ ...one, body: `${one.body}!` });
    expect(withChange(held, 'p1000', longer).end.at(-1)?.body).toBe('!');
    expect(withChange(held, 'p581', longer).slice.posts[0]?.body).toBe('!');
    expect(withChange(held, 'p1', longer)).toBe(held);
  });

  it('should remember the last posts, within bounds', () => {
    expect(ids(lastHeld(scrolledUp(20), 5, 1e6).posts)).toEqual(run(996, 1000));
    expect(lastHeld(END, 5, 1e6)).toMatchObject({ hasOlder: true, hasNewer: false });
    expect(lastHeld(shownPage(page(3, 3, 3), []), 5, 1e6).hasOlder).toBe(false);
    expect(lastHeld(END, 50, 8).posts).toHaveLength(1);
  });
});
