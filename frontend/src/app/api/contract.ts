/**
 * The server's own types, made from its OpenAPI document (`nx run frontend:api`), under the names the
 * app uses. Times are ISO 8601 in UTC.
 */
import type { ConversationListItem } from './generated/models/conversation-list-item';
import type { Post as GeneratedPost } from './generated/models/post';
import type { PostUsage } from './generated/models/post-usage';
import type { User } from './generated/models/user';

export type { Conversation } from './generated/models/conversation';
export type { Model } from './generated/models/model';
export type { Session } from './generated/models/session';
export type { SetupState } from './generated/models/setup-state';
export type { Snippet } from './generated/models/snippet';
export type { Source } from './generated/models/source';
export type { User };

/** A prompt and its answer. */
export interface Post extends GeneratedPost {
  readonly freshStartAt?: string | null;
}

/** A conversation found by a search, with the place that matched. */
export type ConversationHit = ConversationListItem;
/** Why an older post is sent all the same. */
export type KeptReason = 'pinned' | 'relevant';
/** Why a post is not sent. */
export type LeftReason = 'window' | 'unfinished' | 'blocked' | 'freshStart' | 'summary';
/** How full a model's window would be, in tokens, and which posts would be in it. */
export interface ContextUse {
  readonly limit: number;
  readonly used: number;
  readonly reserved: number;
  readonly excess: number;
  readonly begins: number | null;
  readonly kept: readonly { readonly postId: number; readonly reason: KeptReason }[];
  readonly left: readonly { readonly postId: number; readonly reason: LeftReason }[];
  readonly leftOlder: number;
  readonly summary: {
    readonly id: number;
    readonly postId: number;
    readonly posts: number;
    readonly tokens: number;
  } | null;
}
/** Earlier posts, told in short. */
export interface Summary {
  readonly id: number;
  readonly conversationId: number;
  readonly postId: number;
  readonly posts: number;
  readonly text: string;
  readonly model: string;
  readonly createdAt: string;
  readonly undoneAt: string | null;
  readonly costUsd: number | null;
}
export type PostStatus = Post['status'];
/** What an answer took: the same when it has just come and when it is read again. */
export type Usage = PostUsage;

/** 0 takes the thumb back. */
export type FeedbackValue = NonNullable<Post['feedback']> | 0;

/** One page of a list; `nextCursor` is null on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
