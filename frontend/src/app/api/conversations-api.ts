import { inject, Service } from '@angular/core';
import { ApiCalls, pageQuery } from './api-calls';
import type { Conversation, ConversationHit, FindPage, Page, PostPage } from './contract';
import {
  changeConversation,
  type ChangeConversation$Params,
} from './generated/fn/conversations/change-conversation';
import {
  createConversation,
  type CreateConversation$Params,
} from './generated/fn/conversations/create-conversation';
import { deleteConversation } from './generated/fn/conversations/delete-conversation';
import { deleteConversationPermanently } from './generated/fn/conversations/delete-conversation-permanently';
import { emptyTrash } from './generated/fn/conversations/empty-trash';
import { findInConversation } from './generated/fn/conversations/find-in-conversation';
import { getConversation } from './generated/fn/conversations/get-conversation';
import { listConversations } from './generated/fn/conversations/list-conversations';
import { restoreConversation } from './generated/fn/conversations/restore-conversation';
import { listPosts, type ListPosts$Params } from './generated/fn/posts/list-posts';

/** What a person may change about a conversation. */
export type ConversationChange = ChangeConversation$Params['body'];

/** The post beside or around which a page is read; none of them for the end. */
export type BranchPlace = Pick<ListPosts$Params, 'before' | 'after' | 'around'>;

/** `/api/conversations`. Every promise rejects with ApiFailure. */
@Service()
export class ConversationsApi {
  private readonly api = inject(ApiCalls);

  /** Pinned first, then the latest. */
  list(cursor: string | null, limit: number): Promise<Page<Conversation>> {
    return this.api.call(listConversations, pageQuery(cursor, limit));
  }

  listTrash(cursor: string | null, limit: number): Promise<Page<Conversation>> {
    return this.api.call(listConversations, { ...pageQuery(cursor, limit), status: 'deleted' });
  }

  /** Full text over titles, prompts and answers. */
  search(q: string, cursor: string | null, limit: number): Promise<Page<ConversationHit>> {
    return this.api.call(listConversations, { ...pageQuery(cursor, limit), q });
  }

  read(id: number): Promise<Conversation> {
    return this.api.call(getConversation, { id });
  }

  create(body: NonNullable<CreateConversation$Params['body']>): Promise<Conversation> {
    return this.api.call(createConversation, { body });
  }

  change(id: number, body: ConversationChange): Promise<Conversation> {
    return this.api.call(changeConversation, { id, body });
  }

  /** To the trash. */
  remove(id: number): Promise<void> {
    return this.api.call(deleteConversation, { id });
  }

  restore(id: number): Promise<Conversation> {
    return this.api.call(restoreConversation, { id });
  }

  removeForGood(id: number): Promise<void> {
    return this.api.call(deleteConversationPermanently, { id });
  }

  emptyTrash(): Promise<void> {
    return this.api.call(emptyTrash, undefined);
  }

  /** Posts of the branch in use, newest first: the last ones, or those at `place`. */
  listPosts(id: number, place: BranchPlace, limit: number): Promise<PostPage> {
    return this.api.call(listPosts, { ...place, limit, id, branch: 'active' });
  }

  /** Posts of the branch in use that hold all the words, newest first. */
  find(id: number, q: string, cursor: string | null, limit: number): Promise<FindPage> {
    return this.api.call(findInConversation, { ...pageQuery(cursor, limit), id, q });
  }
}
