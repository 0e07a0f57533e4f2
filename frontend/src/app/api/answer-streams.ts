import { HttpClient, HttpContext, HttpEventType, type HttpEvent } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { createParser } from 'eventsource-parser';
import { Observable, tap } from 'rxjs';
import { parseAnswerEvent, type AnswerEvent } from './answer-event';
import { ApiFailure, OFFLINE, toApiFailure } from './api-failure';
import { SENT_BY } from './sent-by';
import { Silence } from './silence';
import { StreamBackend, type TextPiece } from './stream-backend';

/** An event and the id from which the stream may be taken up again. */
export interface StreamedEvent {
  readonly id: string | null;
  readonly event: AnswerEvent;
}

/** What a person asks. `parentId` absent: after the last post; null: a new beginning. */
export interface Ask {
  readonly prompt: string;
  readonly parentId?: number | null;
  readonly model?: string;
  /** Whether to look on the web, in documents, and in which collections; absent: Prosa decides. */
  readonly web?: boolean;
  readonly knowledge?: boolean;
  readonly collectionIds?: number[];
}

const STREAM = {
  observe: 'events',
  responseType: 'text',
  context: new HttpContext().set(SENT_BY, new StreamBackend()),
} as const;

/**
 * The five calls that answer with a stream. Unsubscribing closes the connection, never the run.
 * The observables fail with ApiFailure.
 */
@Service()
export class AnswerStreams {
  private readonly http = inject(HttpClient);

  /**
   * Asks; without a conversation in a new one, which is there only once the prompt was accepted.
   * The same key again joins the same run.
   */
  ask$(conversationId: number | null, ask: Ask, key: string): Observable<StreamedEvent> {
    const place = conversationId === null ? '' : `/conversations/${conversationId}`;
    return this.post$(`/api${place}/posts`, ask, key);
  }

  /** Another answer beside this one, to the same prompt. */
  regenerate$(postId: number, model: string | undefined, key: string): Observable<StreamedEvent> {
    return this.post$(`/api/posts/${postId}/regenerate`, model ? { model } : {}, key);
  }

  /** Goes on with an answer that stopped early: the same post grows. */
  continue$(postId: number, key: string): Observable<StreamedEvent> {
    return this.post$(`/api/posts/${postId}/continue`, {}, key);
  }

  /**
   * Follows a run from the event after `lastEventId`, or from its start.
   * @param reached called when the server has taken the call: there may be nothing to say yet.
   */
  follow$(
    postId: number,
    lastEventId: string | null,
    reached: () => void = () => undefined,
  ): Observable<StreamedEvent> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (lastEventId) headers['Last-Event-ID'] = lastEventId;
    const response$ = this.http.get(`/api/posts/${postId}/events`, { ...STREAM, headers });
    return read$(response$.pipe(tap((event) => isTaken(event) && reached())));
  }

  private post$(url: string, body: unknown, key: string): Observable<StreamedEvent> {
    const headers = { Accept: 'text/event-stream', 'Idempotency-Key': key };
    return read$(this.http.post(url, body, { ...STREAM, headers }));
  }
}

/** Whether an event of a response tells that the server has taken the call. */
const isTaken = (event: HttpEvent<string>): boolean =>
  event.type === HttpEventType.ResponseHeader && event.ok;

/** Turns the pieces of a response into events. */
function read$(response$: Observable<HttpEvent<string>>): Observable<StreamedEvent> {
  return new Observable((out) => {
    // A connection that nobody closed, such as that of a laptop that slept, ends by itself.
    const silence = new Silence(() => out.error(new ApiFailure(0, OFFLINE, '')));
    const parser = createParser({
      onEvent: (message) => {
        const event = parseAnswerEvent(message.event, message.data);
        if (event) out.next({ id: message.id ?? null, event });
      },
    });
    const response = response$.subscribe({
      next: (event) => {
        silence.broken();
        if (event.type === HttpEventType.User) parser.feed((event as TextPiece).piece);
      },
      error: (thrown: unknown) => out.error(toApiFailure(thrown)),
      complete: () => out.complete(),
    });
    return () => {
      silence.end();
      response.unsubscribe();
    };
  });
}
