import { inject, Service } from '@angular/core';
import type { Observable } from 'rxjs';
import { ApiCalls } from './api-calls';
import type { ContextUse, Summary } from './contract';
import { previewContext } from './generated/fn/answers/preview-context';
import { previewNewContext } from './generated/fn/answers/preview-new-context';
import { pinPost } from './generated/fn/posts/pin-post';
import { startFresh } from './generated/fn/posts/start-fresh';
import { getSummary } from './generated/fn/summaries/get-summary';
import { restoreSummary } from './generated/fn/summaries/restore-summary';
import { undoSummary } from './generated/fn/summaries/undo-summary';

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

  /**
   * How full the window would be; the call ends with its subscription. Fails with ApiFailure.
   * @param conversationId null for a conversation that does not exist yet
   */
  preview$(
    conversationId: number | null,
    { prompt, parentId, model }: ContextQuestion,
  ): Observable<ContextUse> {
    const asked = { prompt, ...(model !== null && { model }) };
    return conversationId === null
      ? this.api.call$(previewNewContext, { body: asked })
      : this.api.call$(previewContext, { id: conversationId, body: { ...asked, parentId } });
  }

  /** A pinned post is sent with every question for which it fits. */
  pin(id: number, pinned: boolean): Promise<void> {
    return this.api.call(pinPost, { id, body: { pinned } });
  }

  /** After a fresh start nothing up to and including the post is sent any more. */
  startFresh(id: number, on: boolean): Promise<void> {
    return this.api.call(startFresh, { id, body: { on } });
  }

  summary(id: number): Promise<Summary> {
    return this.api.call(getSummary, { id });
  }

  /** The posts themselves are sent again, as far as they fit. */
  undoSummary(id: number): Promise<void> {
    return this.api.call(undoSummary, { id });
  }

  restoreSummary(id: number): Promise<Summary> {
    return this.api.call(restoreSummary, { id });
  }
}
