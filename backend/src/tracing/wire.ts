import { type Reply, retryAfterMs } from './delivery.rules.js';

/** Longest one request may take, in milliseconds: a slow service takes 30 s to answer. */
const REQUEST_MS = 60_000;

/**
 * The network below LangSmith's client. That one repeats what failed up to four times by itself,
 * prints its complaints to the console and forgets what it could not send; so it hears of success
 * only, and what really came of a request is read here.
 */
export class Wire {
  private readonly stopping = new AbortController();
  private last: Reply = { status: null, reason: 'nothing was sent' };

  /** What came of the last request. */
  get reply(): Reply {
    return this.last;
  }

  /** Ends the request under way; none begins any more. */
  stop(): void {
    this.stopping.abort();
  }

  readonly fetch: typeof fetch = async (input, init) => {
    try {
      const response = await fetch(input, {
        ...init,
        // Whole: some installations take no body of unknown length.
        body: init?.body instanceof ReadableStream ? await bytesOf(init.body) : init?.body,
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(REQUEST_MS)]),
        // The key goes with every request, and would go along to wherever it is sent.
        redirect: 'error',
      });
      const text = await response.text();
      this.last = {
        status: response.status,
        retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
      };
      return answer(response.ok ? text : '{}');
    } catch (error) {
      this.last = { status: null, reason: reasonOf(error) };
      return answer('{}');
    }
  };
}

const answer = (text: string): Response =>
  new Response(text === '' ? '{}' : text, { headers: { 'content-type': 'application/json' } });

const bytesOf = (body: ReadableStream): Promise<ArrayBuffer> => new Response(body).arrayBuffer();

/** `fetch` says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : error.name;
}
