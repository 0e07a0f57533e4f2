import { inject, Service } from '@angular/core';
import { ApiCalls } from './api-calls';
import type { Conversation, FeedbackValue, Model, Post } from './contract';
import { stopAnswer } from './generated/fn/answers/stop-answer';
import { branchConversation } from './generated/fn/conversations/branch-conversation';
import { listModels } from './generated/fn/models/list-models';
import { getPost } from './generated/fn/posts/get-post';
import { giveFeedback } from './generated/fn/posts/give-feedback';
import { reportRails } from './generated/fn/posts/report-rails';

/** `/api/posts` and `/api/models`, but for the streams. Every promise rejects with ApiFailure. */
@Service()
export class PostsApi {
  private readonly api = inject(ApiCalls);

  read(id: number): Promise<Post> {
    return this.api.call(getPost, { id });
  }

  /** A new conversation with copies up to this post; the same key again gives the same one. */
  branch(id: number, key: string): Promise<Conversation> {
    return this.api.call(branchConversation, { id, 'Idempotency-Key': key });
  }

  stop(id: number): Promise<void> {
    return this.api.call(stopAnswer, { id });
  }

  rate(id: number, value: FeedbackValue): Promise<void> {
    return this.api.call(giveFeedback, { id, body: { value } });
  }

  /** Says that what the guardrails did about a post was wrong, or takes that back. */
  reportRails(id: number, wrong: boolean): Promise<void> {
    return this.api.call(reportRails, { id, body: { wrong } });
  }

  async listModels(): Promise<readonly Model[]> {
    const { items } = await this.api.call(listModels, undefined);
    return items;
  }
}
