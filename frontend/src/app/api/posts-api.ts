import { inject, Service } from '@angular/core';
import type { FeedbackValue, Model, Post } from './contract';
import { HttpCalls } from './http-calls';

/** `/api/posts` and `/api/models`, but for the streams. Every promise rejects with ApiFailure. */
@Service()
export class PostsApi {
  private readonly calls = inject(HttpCalls);

  read(id: number): Promise<Post> {
    return this.calls.get(`/api/posts/${id}`);
  }

  async stop(id: number): Promise<void> {
    await this.calls.post(`/api/posts/${id}/stop`);
  }

  async rate(id: number, value: FeedbackValue): Promise<void> {
    await this.calls.put(`/api/posts/${id}/feedback`, { value });
  }

  async listModels(): Promise<readonly Model[]> {
    const { items } = await this.calls.get<{ items: readonly Model[] }>('/api/models');
    return items;
  }
}
