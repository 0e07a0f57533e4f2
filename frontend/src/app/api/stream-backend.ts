import {
  type HttpBackend,
  HttpErrorResponse,
  type HttpEvent,
  HttpEventType,
  HttpHeaderResponse,
  HttpHeaders,
  type HttpRequest,
  HttpResponse,
  type HttpUserEvent,
} from '@angular/common/http';
import { Observable, type Subscriber } from 'rxjs';

/** What has come of a response since the last piece. */
export interface TextPiece extends HttpUserEvent<unknown> {
  readonly piece: string;
}

/** What is read is shown once a frame: what came meanwhile is read in one piece. */
const PAUSE_MS = 16;

/**
 * Reads a response as it comes. Angular's own holds all of it and tells it again with each word that
 * is added. Unsubscribing closes the connection. Fails with HttpErrorResponse, of status 0 where the
 * network failed or the response was cut.
 */
export class StreamBackend implements HttpBackend {
  handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    return new Observable((out) => {
      const gone = new AbortController();
      read(request, out, gone.signal).catch((error: unknown) =>
        out.error(new HttpErrorResponse({ error, status: 0, url: request.urlWithParams })),
      );
      return () => gone.abort();
    });
  }
}

async function read(
  request: HttpRequest<unknown>,
  out: Subscriber<HttpEvent<unknown>>,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(request.urlWithParams, { ...toInit(request), signal });
  const { status, statusText, url, body, ok } = response;
  const about = {
    headers: new HttpHeaders(Object.fromEntries(response.headers)),
    status,
    statusText,
    url,
  };
  if (!ok) {
    out.error(new HttpErrorResponse({ ...about, error: await response.text() }));
    return;
  }
  out.next(new HttpHeaderResponse(about));
  if (body) await tellPieces(body, out);
  out.next(new HttpResponse({ ...about, body: null }));
  out.complete();
}

async function tellPieces(
  body: ReadableStream<Uint8Array>,
  out: Subscriber<HttpEvent<unknown>>,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const tell = (piece: string): void => out.next(asPiece(piece));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    tell(decoder.decode(value, { stream: true }));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  tell(decoder.decode());
}

/** One piece of a response. */
export function asPiece(piece: string): TextPiece {
  return { type: HttpEventType.User, piece };
}

function toInit(request: HttpRequest<unknown>): RequestInit {
  const headers = new Headers();
  for (const name of request.headers.keys()) headers.set(name, request.headers.get(name) ?? '');
  const contentType = request.detectContentTypeHeader();
  if (contentType && !headers.has('Content-Type')) headers.set('Content-Type', contentType);
  return { method: request.method, headers, body: request.serializeBody() as BodyInit | null };
}
