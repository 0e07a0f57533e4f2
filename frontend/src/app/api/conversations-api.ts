import { inject, Service } from '@angular/core';
import type { Conversation, ConversationHit, Page, Post } from './contract';
import { HttpCalls } from './http-calls';

/** What a person may change about a conversation. */
export interface ConversationChange {
  readonly title?: string;
  readonly pinned?: boolean;
  readonly model?: string | null;
  readonly leafPostId?: number;
}

/** `/api/conversations`. Every promise rejects with ApiFailure. */
@Service()
export class ConversationsApi {
  private readonly calls = inject(HttpCalls);

  /** Pinned first, then the latest. */
  list(cursor: string | null, limit: number): Promise<Page<Conversation>> {
    return this.calls.get('/api/conversations', { cursor, limit });
  }

  listTrash(cursor: string | null, limit: number): Promise<Page<Conversation>> {
    return this.calls.get('/api/conversations', { status: 'deleted', cursor, limit });
  }

  /** Full text over titles, prompts and answers. */
  search(q: string, cursor: string | null, limit: number): Promise<Page<ConversationHit>> {
    return this.calls.get('/api/conversations', { q, cursor, limit });
  }

  read(id: number): Promise<Conversation> {
    return this.calls.get(`/api/conversations/${id}`);
  }

  create(): Promise<Conversation> {
    return this.calls.post('/api/conversations', {});
  }

  change(id: number, change: ConversationChange): Promise<Conversation> {
    return this.calls.patch(`/api/conversations/${id}`, change);
  }

  /** To the trash. */
  remove(id: number): Promise<void> {
    return this.calls.delete(`/api/conversations/${id}`);
  }

  restore(id: number): Promise<Conversation> {
    return this.calls.post(`/api/conversations/${id}/restore`);
  }

  removeForGood(id: number): Promise<void> {
    return this.calls.delete(`/api/conversations/${id}/permanently`);
  }

  emptyTrash(): Promise<void> {
    return this.calls.delete('/api/conversations/trash');
  }

  /** The posts of the branch in use, newest first. */
  listPosts(id: number, cursor: string | null, limit: number): Promise<Page<Post>> {
    return this.calls.get(`/api/conversations/${id}/posts`, { branch: 'active', cursor, limit });
  }
}
