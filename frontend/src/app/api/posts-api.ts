import { inject, Service } from '@angular/core';
import { ApiCalls } from './api-calls';
import type { FeedbackValue, Model, Post } from './contract';
import { stopAnswer } from './generated/fn/answers/stop-answer';
import { listModels } from './generated/fn/models/list-models';
import { getPost } from './generated/fn/posts/get-post';
import { giveFeedback } from './generated/fn/posts/give-feedback';

/** `/api/posts` and `/api/models`, but for the streams. Every promise rejects with ApiFailure. */
@Service()
export class PostsApi {
  private readonly api = inject(ApiCalls);

  read(id: number): Promise<Post> {
    return this.api.call(getPost, { id });
  }

  stop(id: number): Promise<void> {
    return this.api.call(stopAnswer, { id });
  }

  rate(id: number, value: FeedbackValue): Promise<void> {
    return this.api.call(giveFeedback, { id, body: { value } });
  }

  async listModels(): Promise<readonly Model[]> {
    const { items } = await this.api.call(listModels, undefined);
    return items;
  }
}
