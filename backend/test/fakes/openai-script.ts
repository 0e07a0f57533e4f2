import type http from 'node:http';

/** What the fake does with one request to `/chat/completions`; nothing given: it answers. */
export interface OpenAiBehaviour {
  /** The answer, a word or more a frame. Absent: made from the last user message. */
  readonly words?: readonly string[];
  /** Between frames, in milliseconds. */
  readonly delayMs?: number;
  /** Before the first frame, in milliseconds. */
  readonly firstDelayMs?: number;
  readonly finishReason?: string;
  /** After that many words the rest is kept back until `until` resolves. */
  readonly pauseAfter?: { readonly words: number; readonly until: Promise<unknown> };
  /** After the last word the end is kept back until this resolves. */
  readonly endsAfter?: Promise<unknown>;
  /** Called once the last byte of a whole answer was written. */
  readonly ended?: () => void;
  /** False: no usage frame, whatever was asked for. */
  readonly usage?: boolean;
  /** What the usage frame says of the prompt; absent: a token a word of it. */
  readonly promptTokens?: number;
  /** False: the stream ends without `[DONE]`. */
  readonly done?: boolean;
  /** The request is taken and never answered, not even with a status. */
  readonly silent?: boolean;
  /** Another status, with `body` and `headers`. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** After that many words the socket is destroyed. */
  readonly dieAfter?: number;
  /** After that many words nothing more is said and the socket stays open. */
  readonly hangAfter?: number;
  /** After that many words only signs of life come, for as long as the client stays. */
  readonly restAfter?: number;
  /** After that many words a frame with an error comes, and the stream ends. */
  readonly errorAfter?: number;
  /** Sent as it is, piece by piece, in place of everything else. */
  readonly raw?: readonly (string | Uint8Array)[];
}

/** One behaviour for all, one for each request in turn (the last one stays), or by request. */
export type OpenAiScript =
  | OpenAiBehaviour
  | readonly OpenAiBehaviour[]
  | ((request: OpenAiRequest, index: number) => OpenAiBehaviour);

export interface OpenAiRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly body: Readonly<Record<string, unknown>>;
  /** `performance.now()` when it came. */
  readonly at: number;
  /** `performance.now()` when the client left before the end. */
  aborted?: number;
  /** Words of the answer that were written so far. */
  sent: number;
  /** The counts, once they were written. */
  told?: Readonly<Record<string, number>>;
}

/** The last message of the user. */
export function lastPrompt({ messages }: OpenAiRequest): string {
  return messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

/** What the script says of one request. */
export function behaviourOf(
  script: OpenAiScript,
  request: OpenAiRequest,
  index: number,
): OpenAiBehaviour {
  if (typeof script === 'function') return script(request, index);
  if (!Array.isArray(script)) return script as OpenAiBehaviour;
  const steps = script as readonly OpenAiBehaviour[];
  return steps[Math.min(index, steps.length - 1)] ?? {};
}
