import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { catchError, firstValueFrom, throwError, type Observable } from 'rxjs';
import { ApiCalls } from './api-calls';
import { toApiFailure } from './api-failure';
import type { ContextUse, Summary } from './contract';
import { pinPost } from './generated/fn/posts/pin-post';

/** What may be asked next, and after which post. */
export interface ContextQuestion {
  readonly prompt: string;
  readonly parentId: number | null;
  readonly model: string | null;
}

/** What a model is sent of a conversation. Every promise rejects with ApiFailure. */
@Service()
export class WindowApi {
  private readonly api = inject(ApiCalls);
  private readonly http = inject(HttpClient);

  /** How full the window would be; the call ends with its subscription. Fails with ApiFailure. */
  preview$(
    conversationId: number | null,
    { prompt, parentId, model }: ContextQuestion,
  ): Observable<ContextUse> {
    const asked = { prompt, ...(model !== null && { model }) };
    return conversationId === null
      ? this.read$(this.http.post<ContextUse>('/api/context', asked))
      : this.read$(
          this.http.post<ContextUse>(`/api/conversations/${conversationId}/context`, {
            ...asked,
            parentId,
          }),
        );
  }

  /** A pinned post is sent with every question for which it fits. */
  pin(postId: number, pinned: boolean): Promise<void> {
    return this.api.call(pinPost, { id: postId, body: { pinned } });
  }

  /** After a fresh start nothing up to and including the post is sent any more. */
  async freshStart(postId: number, on: boolean): Promise<void> {
    await firstValueFrom(this.read$(this.http.put(`/api/posts/${postId}/fresh-start`, { on })));
  }

  summary(id: number): Promise<Summary> {
    return firstValueFrom(this.read$(this.http.get<Summary>(`/api/summaries/${id}`)));
  }

  async undoSummary(id: number): Promise<void> {
    await firstValueFrom(this.read$(this.http.delete(`/api/summaries/${id}`)));
  }

  async restoreSummary(id: number): Promise<void> {
    await firstValueFrom(this.read$(this.http.post(`/api/summaries/${id}/restore`, null)));
  }

  private read$<T>(call$: Observable<T>): Observable<T> {
    return call$.pipe(catchError((thrown: unknown) => throwError(() => toApiFailure(thrown))));
  }
}
