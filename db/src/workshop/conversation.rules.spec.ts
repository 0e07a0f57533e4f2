import { describe, expect, it } from '@jest/globals';
import {
  type Chain,
  emptyChain,
  inGroups,
  link,
  type LinkedPost,
  type OldPost,
  statusOf,
  timesOf,
} from './conversation.rules.js';

const UNKNOWN = new Date('2020-01-01');
const day = (n: number) => new Date(Date.UTC(2023, 0, n));

const aConversation = { id: 1, userId: 7, status: 'online', createdAt: day(1) };
const aPost = (id: number, post: Partial<OldPost> = {}): OldPost => ({
  ...{ id, conversationId: 1, prompt: `p${String(id)}`, body: 'b', createdAt: day(id) },
  ...post,
});

function linkAll(posts: readonly OldPost[], conversation = emptyChain(aConversation)) {
  let chain: Chain = conversation;
  const linked: LinkedPost[] = [];
  for (const old of posts) {
    const next = link(chain, old, (prompt) => prompt.toUpperCase(), UNKNOWN);
    ({ chain } = next);
    linked.push(next.post);
  }
  return { chain, linked };
}

describe(link.name, () => {
  it('should make each post the answer to the one before', () => {
    const { chain, linked } = linkAll([aPost(3), aPost(5), aPost(9)]);
    expect(linked.map(({ id, parentId }) => [id, parentId])).toEqual([
      [3, null],
      [5, 3],
      [9, 5],
    ]);
    expect(chain).toMatchObject({ leafPostId: 9, title: 'P3', firstAt: day(3), lastAt: day(9) });
  });

  it.each([null, '', ' \n'])('should call a post interrupted whose answer is %j', (body) => {
    expect(linkAll([aPost(1, { body })]).linked).toMatchObject([
      { status: 'interrupted', errorCode: 'RUN.INTERRUPTED' },
    ]);
  });

  it('should title by the first question that says something', () => {
    const posts = [aPost(1, { prompt: null }), aPost(2, { prompt: ' ' }), aPost(3), aPost(4)];
    expect(linkAll(posts).chain.title).toBe('P3');
  });

  it('should take an unknown time from the post before, the conversation, or the oldest', () => {
    const untimed = [aPost(2), aPost(4, { createdAt: null })];
    expect(linkAll(untimed).linked[1]?.createdAt).toEqual(day(2));
    const first = [aPost(4, { createdAt: null })];
    expect(linkAll(first).linked[0]?.createdAt).toEqual(day(1));
    const nothing = emptyChain({ ...aConversation, createdAt: null });
    expect(linkAll(first, nothing).linked[0]?.createdAt).toEqual(UNKNOWN);
  });
});

describe(timesOf.name, () => {
  it('should be those of the conversation and of its last post', () => {
    const { chain } = linkAll([aPost(2), aPost(8)]);
    expect(timesOf(chain, UNKNOWN)).toEqual({ createdAt: day(1), updatedAt: day(8) });
  });

  it('should begin an undated conversation with its first post', () => {
    const { chain } = linkAll(
      [aPost(2), aPost(8)],
      emptyChain({ ...aConversation, createdAt: null }),
    );
    expect(timesOf(chain, UNKNOWN)).toEqual({ createdAt: day(2), updatedAt: day(8) });
  });

  it('should be one for a conversation without posts', () => {
    expect(timesOf(emptyChain(aConversation), UNKNOWN)).toEqual({
      createdAt: day(1),
      updatedAt: day(1),
    });
  });
});

describe(statusOf.name, () => {
  it.each([
    ['deleted', 'deleted'],
    [' Deleted ', 'deleted'],
    ['online', 'online'],
    ['arquivada', 'online'],
    [null, 'online'],
  ])('should make %j %s', (old, status) => {
    expect(statusOf(old)).toBe(status);
  });
});

describe(inGroups.name, () => {
  it('should fill groups, and give a long conversation one of its own', () => {
    const counts = [3, 4, 3, 50, 1, 9, 0];
    const groups = inGroups(
      counts.map((posts) => ({ posts })),
      10,
    );
    expect(groups.map((group) => group.map(({ posts }) => posts))).toEqual([
      [3, 4, 3],
      [50],
      [1, 9, 0],
    ]);
  });
});
