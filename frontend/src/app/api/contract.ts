/**
 * The server's own types, made from its OpenAPI document (`nx run frontend:api`), under the names the
 * app uses. Times are ISO 8601 in UTC.
 */
import type { ConversationListItem } from './generated/models/conversation-list-item';
import type { ContextUse } from './generated/models/context-use';
import type { Post } from './generated/models/post';
import type { PostUsage } from './generated/models/post-usage';
import type { User } from './generated/models/user';
import type { Wishes } from './generated/models/wishes';

export type { Citation } from './generated/models/citation';
export type { Wishes } from './generated/models/wishes';
export type { Conversation } from './generated/models/conversation';
export type { FindHit } from './generated/models/find-hit';
export type { FindPage } from './generated/models/find-page';
export type { Model } from './generated/models/model';
export type { PostPage } from './generated/models/post-page';
export type { Session } from './generated/models/session';
export type { SetupState } from './generated/models/setup-state';
export type { Snippet } from './generated/models/snippet';
export type { Rail } from './generated/models/rail';
export type { Source } from './generated/models/source';
export type { Summary } from './generated/models/summary';
export type { ContextUse, Post, User };
/** Where an answer is to look; null leaves it to Prosa. */
export type AskWishes = Readonly<Wishes>;

/** A conversation found by a search, with the place that matched. */
export type ConversationHit = ConversationListItem;
/** Why an older post is sent all the same. */
export type KeptReason = ContextUse['kept'][number]['reason'];
/** Why a post is not sent. */
export type LeftReason = ContextUse['left'][number]['reason'];
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
