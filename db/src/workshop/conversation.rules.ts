import type { ConversationStatus } from '../entities/conversation.entity.js';
import type { PostStatus } from '../entities/post.entity.js';

/** A conversation as the workshop stored it. */
export interface OldConversation {
  readonly id: number;
  readonly userId: number;
  readonly status: string | null;
  readonly createdAt: Date | null;
}

/** A post as the workshop stored it. */
export interface OldPost {
  readonly id: number;
  readonly conversationId: number;
  readonly prompt: string | null;
  readonly body: string | null;
  readonly createdAt: Date | null;
}

/** What Prosa adds to a post. */
export interface LinkedPost {
  readonly id: number;
  readonly parentId: number | null;
  readonly status: PostStatus;
  readonly errorCode: string | null;
  readonly createdAt: Date;
}

/** What is known of a conversation once some of its posts were read, in the order of their ids. */
export interface Chain {
  readonly conversation: OldConversation;
  readonly leafPostId: number | null;
  readonly title: string | null;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
}

/** A conversation none of whose posts was read yet. */
export const emptyChain = (conversation: OldConversation): Chain => ({
  conversation,
  leafPostId: null,
  title: null,
  firstAt: null,
  lastAt: null,
});

/**
 * Adds a conversation's next post to its end. A post without an answer is `interrupted`, as it
 * would be if Prosa had been killed while it answered: it can be answered anew.
 * @param unknownTime stands for a time that nothing near tells.
 */
export function link(
  { conversation, ...chain }: Chain,
  post: OldPost,
  titleOf: (prompt: string) => string,
  unknownTime: Date,
): { post: LinkedPost; chain: Chain } {
  const createdAt = post.createdAt ?? chain.lastAt ?? conversation.createdAt ?? unknownTime;
  const answered = !isBlank(post.body);
  return {
    post: {
      id: post.id,
      parentId: chain.leafPostId,
      status: answered ? 'done' : 'interrupted',
      errorCode: answered ? null : 'RUN.INTERRUPTED',
      createdAt,
    },
    chain: {
      conversation,
      leafPostId: post.id,
      title: chain.title ?? (isBlank(post.prompt) ? null : titleOf(post.prompt ?? '')),
      firstAt: chain.firstAt ?? createdAt,
      lastAt: createdAt,
    },
  };
}

/** When a conversation began and was last used. */
export function timesOf(chain: Chain, unknownTime: Date): { createdAt: Date; updatedAt: Date } {
  const createdAt = chain.conversation.createdAt ?? chain.firstAt ?? unknownTime;
  return { createdAt, updatedAt: chain.lastAt ?? createdAt };
}

/** Anything that is not plainly deleted stays in sight of its owner. */
export function statusOf(old: string | null): ConversationStatus {
  return old?.trim().toLowerCase() === 'deleted' ? 'deleted' : 'online';
}

/**
 * Conversations in groups, each to be taken over in one transaction: a few with many posts or many
 * with few.
 */
export function inGroups<T extends { readonly posts: number }>(
  conversations: readonly T[],
  mostPosts: number,
): T[][] {
  const groups: T[][] = [];
  let room = 0;
  for (const conversation of conversations) {
    const group = groups.at(-1);
    if (group === undefined || conversation.posts > room) {
      groups.push([conversation]);
      room = mostPosts;
    } else {
      group.push(conversation);
    }
    room -= conversation.posts;
  }
  return groups;
}

const isBlank = (text: string | null) => text === null || text.trim() === '';
