import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { ConnectionLost, MalformedAnswer } from '../failure.rules.js';
import type { SaidChunk } from '../said-chunk.js';
import { CleanStream, lost } from './clean-stream.js';
import type { SseGarbage } from './sse-chunk.rules.js';

/** Longest body read of an answer that is not a stream: an error, a list of models. */
const MAX_BODY = 1024 * 1024;
/** What a provider is told; an SDK would add the machine's system, architecture and versions. */
const SENT_HEADERS = ['accept', 'authorization', 'content-type'];

const AGENTS = {
  'http:': new http.Agent({ keepAlive: true }),
  'https:': new https.Agent({ keepAlive: true }),
};

export interface HttpFetchOptions {
  /** Name resolution, connection and TLS together, in milliseconds. */
  readonly connectMs: number;
  /** Without a key nothing is authorised, whatever the SDK puts in for one. */
  readonly authorized: boolean;
  /** Told once a stream, if a provider sent anything that is not the protocol's. */
  readonly onGarbage?: (garbage: SseGarbage) => void;
}

/**
 * A `fetch` for chat providers over Node's own HTTP: it can end a connection that does not come
 * about in time, and never follows a redirect (so a key cannot reach another host). An event stream
 * is answered with a {@link StreamedAnswer}: read here once, and not again by an SDK (a sixth of the
 * server's time for a token).
 */
export function httpFetch(options: HttpFetchOptions): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const answer = await send(url, init, options);
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const status = answer.statusCode ?? 500;
    const wantsStream = new Headers(init.headers).get('accept') === 'text/event-stream';
    const streamed = status === 200 && (wantsStream || isStreamRequest(init.body));
    if (!streamed) return new Response(await wholeBody(answer), { status, headers });
    if (/\bhtml\b/i.test(headers.get('content-type') ?? '')) {
      answer.destroy();
      throw new MalformedAnswer('a page of HTML in place of a stream');
    }
    return new StreamedAnswer(new CleanStream(answer, options.onGarbage), { status, headers });
  };
}

/**
 * An event stream that was answered, and what reads it: its caller's stop hangs on the response by
 * a weak reference of the SDK, so the response must stay for as long as it is read.
 */
export class StreamedAnswer extends Response implements AsyncIterator<SaidChunk, undefined> {
  constructor(
    private readonly chunks: CleanStream,
    init: ResponseInit,
  ) {
    super(null, init);
  }

  next(): Promise<IteratorResult<SaidChunk, undefined>> {
    return this.chunks.next();
  }

  return(): Promise<IteratorResult<SaidChunk, undefined>> {
    return this.chunks.return();
  }
}

// The OpenAI SDK asks for JSON in `Accept` even when it streams.
const isStreamRequest = (body: RequestInit['body']): boolean =>
  typeof body === 'string' && body.includes('"stream":true');

async function send(
  url: URL,
  init: RequestInit,
  options: HttpFetchOptions,
): Promise<IncomingMessage> {
  const headers = sentHeaders(new Headers(init.headers), options.authorized);
  try {
    return await exchange(url, init, headers, options.connectMs);
  } catch (error) {
    // The server closed an idle connection just as we wrote: it has not read the question.
    if (!(error instanceof StaleConnection)) throw error;
    return exchange(url, init, headers, options.connectMs);
  }
}

function sentHeaders(given: Headers, authorized: boolean): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'prosa' };
  for (const name of SENT_HEADERS) {
    const value = given.get(name);
    if (value !== null && (name !== 'authorization' || authorized)) headers[name] = value;
  }
  return headers;
}

class StaleConnection extends ConnectionLost {}

function exchange(
  url: URL,
  init: RequestInit,
  headers: Record<string, string>,
  connectMs: number,
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(url, {
      method: init.method ?? 'GET',
      headers,
      agent: AGENTS[secure ? 'https:' : 'http:'],
      ...(init.signal ? { signal: init.signal } : {}),
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const stale = request.reusedSocket && error.code === 'ECONNRESET';
      reject(stale ? new StaleConnection(error.code ?? '', error) : lost(error));
    });
    request.on('response', resolve);
    request.on('socket', (socket) => {
      limitConnecting(socket, secure, connectMs);
    });
    request.end(typeof init.body === 'string' ? init.body : undefined);
  });
}

function limitConnecting(socket: Socket, secure: boolean, limitMs: number): void {
  if (!socket.connecting) return;
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
  }, limitMs);
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    clearTimeout(timer);
  });
  socket.once('close', () => {
    clearTimeout(timer);
  });
}

async function wholeBody(answer: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > MAX_BODY) {
      answer.destroy();
      throw new MalformedAnswer('body over 1 MB');
    }
  }
  const empty = [204, 205, 304].includes(answer.statusCode ?? 0);
  return empty ? null : Buffer.concat(parts).toString('utf8');
}
