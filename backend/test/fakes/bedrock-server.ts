import http2 from 'node:http2';
import type { Http2ServerRequest, Http2ServerResponse, ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fakeAnswer } from './fake-answer.ts';
import { type BedrockGuardrail, type GuardrailRequest, judgeAsked } from './bedrock-guardrail.ts';
import {
  type BedrockEmbedding,
  embeddingAsked,
  type EmbeddingRequest,
} from './bedrock-embedding.ts';
import { eventFrame, withBadChecksum } from './event-stream.ts';

/** What the fake does with one request; nothing given: it answers. */
export interface BedrockBehaviour {
  /** The answer, a word or more an event. Absent: made from the last user message. */
  readonly words?: readonly string[];
  /** Between events, in milliseconds. */
  readonly delayMs?: number;
  readonly stopReason?: string;
  /** False: the stream ends without `metadata`. */
  readonly usage?: boolean;
  readonly cachedTokens?: number;
  /** The request is taken and never answered, not even with a status. */
  readonly silent?: boolean;
  /** Answered in place of a stream, e.g. `ThrottlingException` with 429. */
  readonly exception?: {
    readonly name: string;
    readonly status: number;
    readonly message?: string;
  };
  readonly headers?: Readonly<Record<string, string>>;
  /** After that many words the stream is reset. */
  readonly dieAfter?: number;
  /** After that many words the stream ends as if all had been said. */
  readonly endAfter?: number;
  /** After that many words nothing more is said. */
  readonly hangAfter?: number;
  /** After that many words this exception comes in the stream, e.g. `modelStreamErrorException`. */
  readonly exceptionAfter?: { readonly words: number; readonly name: string };
  /** The event after that many words has a wrong checksum. */
  readonly badChecksumAfter?: number;
  /** After that many words come these bytes, and the stream ends. */
  readonly bytesAfter?: { readonly words: number; readonly bytes: Uint8Array };
  /** What its guardrails do; absent: they let everything pass. */
  readonly guardrail?: BedrockGuardrail;
  /** What its embedding models say; absent: vectors of one number. */
  readonly embedding?: BedrockEmbedding;
  /** Refused as expired unless signed with this key id. */
  readonly acceptsKey?: string;
}

export interface BedrockRequest {
  readonly modelId: string;
  readonly authorization: string;
  readonly httpVersion: string;
  readonly body: {
    readonly messages: readonly { role: string; content: readonly { text?: string }[] }[];
    readonly system?: readonly { text: string }[];
    readonly guardrailConfig?: Readonly<Record<string, string>>;
    readonly inferenceConfig?: {
      readonly maxTokens?: number;
      readonly temperature?: number;
      readonly topP?: number;
      readonly stopSequences?: readonly string[];
    };
  };
  /** `performance.now()` when it came. */
  readonly at: number;
  /** `performance.now()` when the client left before the end. */
  aborted?: number;
}

export interface BedrockServer {
  /** For `AWS_ENDPOINT_URL_BEDROCK_RUNTIME`. */
  readonly url: string;
  readonly requests: readonly BedrockRequest[];
  /** What its guardrails were asked. */
  readonly judged: readonly GuardrailRequest[];
  /** What its embedding models were asked. */
  readonly embedded: readonly EmbeddingRequest[];
  /** Changes what happens from the next request on. */
  script(behaviour: BedrockBehaviour): void;
  close(): Promise<void>;
}

/**
 * A server that speaks Bedrock's `converse-stream` (HTTP/2 in the clear, as the AWS SDK does with a
 * custom endpoint). By default it answers from the last user message, like `startOpenAiServer`.
 */
export async function startBedrockServer(
  script: BedrockBehaviour = {},
  port = 0,
): Promise<BedrockServer> {
  const requests: BedrockRequest[] = [];
  const judged: GuardrailRequest[] = [];
  const embedded: EmbeddingRequest[] = [];
  const sessions = new Set<ServerHttp2Session>();
  let behaviour = script;
  const server = http2.createServer((message, reply) => {
    void handle(message, reply).catch(() => reply.stream.destroy());
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });

  async function handle(message: Http2ServerRequest, reply: Http2ServerResponse): Promise<void> {
    if (otherAsked(message, reply, behaviour, { judged, embedded })) return;
    const request = await read(message);
    requests.push(request);
    reply.stream.on('close', () => {
      if (!reply.writableEnded) request.aborted = performance.now();
    });
    if (behaviour.silent) return;
    const { acceptsKey } = behaviour;
    if (acceptsKey !== undefined && !request.authorization.includes(`Credential=${acceptsKey}/`)) {
      refuse(reply, { exception: { name: 'ExpiredTokenException', status: 403 } });
    } else if (behaviour.exception) refuse(reply, behaviour);
    else await answer(reply, behaviour, request);
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    judged,
    embedded,
    script(next) {
      behaviour = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const session of sessions) session.destroy();
      }),
  };
}

/** Answers what is asked of Bedrock beside a chat. @returns whether it was that. */
function otherAsked(
  message: Http2ServerRequest,
  reply: Http2ServerResponse,
  { guardrail, embedding }: BedrockBehaviour,
  noted: { readonly judged: GuardrailRequest[]; readonly embedded: EmbeddingRequest[] },
): boolean {
  const model = embedding ?? { vectorOf: () => [1] };
  const answer =
    judgeAsked(message.url)?.answer(message, reply, guardrail ?? {}, noted.judged) ??
    embeddingAsked(message.url)?.answer(message, reply, model, noted.embedded);
  answer?.catch(() => reply.stream.destroy());
  return answer !== undefined;
}

async function read(message: Http2ServerRequest): Promise<BedrockRequest> {
  const at = performance.now();
  let text = '';
  message.setEncoding('utf8');
  for await (const part of message) text += String(part);
  const [, modelId = ''] = /^\/model\/(.+)\/converse-stream$/.exec(message.url) ?? [];
  return {
    modelId: decodeURIComponent(modelId),
    authorization: message.headers.authorization ?? '',
    httpVersion: message.httpVersion,
    body: JSON.parse(text) as BedrockRequest['body'],
    at,
  };
}

function refuse(reply: Http2ServerResponse, { exception, headers }: BedrockBehaviour): void {
  reply.writeHead(exception?.status ?? 500, {
    'content-type': 'application/json',
    'x-amzn-errortype': exception?.name ?? 'InternalServerException',
    ...headers,
  });
  reply.end(JSON.stringify({ message: exception?.message ?? 'fault of the fake' }));
}

function wordsOf({ body }: BedrockRequest): string[] {
  const last = body.messages.findLast(({ role }) => role === 'user');
  const asked = last?.content.map(({ text = '' }) => text).join('') ?? '';
  return fakeAnswer(asked);
}

async function answer(
  reply: Http2ServerResponse,
  behaviour: BedrockBehaviour,
  request: BedrockRequest,
): Promise<void> {
  reply.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  reply.write(eventFrame('messageStart', { role: 'assistant' }));
  const words = behaviour.words ?? wordsOf(request);
  for (const [at, text] of words.entries()) {
    if (reply.stream.destroyed) return;
    if (behaviour.hangAfter === at) return;
    if (behaviour.endAfter === at) return void reply.end();
    if (behaviour.dieAfter === at) {
      // Dies once what was written is on its way.
      await sleep(10);
      return reply.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
    }
    if (behaviour.exceptionAfter?.words === at) {
      const fault = { message: 'fault of the fake' };
      return void reply.end(eventFrame(behaviour.exceptionAfter.name, fault, 'exception'));
    }
    if (behaviour.bytesAfter?.words === at) return void reply.end(behaviour.bytesAfter.bytes);
    const event = eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text } });
    reply.write(behaviour.badChecksumAfter === at ? withBadChecksum(event) : event);
    if (behaviour.delayMs) await sleep(behaviour.delayMs);
  }
  reply.write(eventFrame('contentBlockStop', { contentBlockIndex: 0 }));
  reply.write(eventFrame('messageStop', { stopReason: behaviour.stopReason ?? 'end_turn' }));
  if (behaviour.usage !== false) {
    const trace = traceOf(request, words.join('').length);
    reply.write(metadata(words.length, behaviour.cachedTokens, trace));
  }
  reply.end();
}

/** Shapes: "GuardrailTraceAssessment", Amazon Bedrock Runtime API reference. */
function traceOf({ body }: BedrockRequest, characters: number): object {
  const { guardrailIdentifier: id = '', trace } = body.guardrailConfig ?? {};
  if (trace !== 'enabled') return {};
  const assessed = (length: number) => {
    const units = Math.ceil(length / 1000);
    const usage = {
      ...{ topicPolicyUnits: units, contentPolicyUnits: units, wordPolicyUnits: units },
      ...{ sensitiveInformationPolicyUnits: units, sensitiveInformationPolicyFreeUnits: 0 },
      contextualGroundingPolicyUnits: 0,
    };
    return { invocationMetrics: { guardrailProcessingLatency: 12, usage } };
  };
  const asked = body.messages.flatMap(({ content }) => content.map(({ text = '' }) => text));
  const guardrail = {
    inputAssessment: { [id]: assessed(asked.join('').length) },
    outputAssessments: { [id]: [assessed(characters)] },
  };
  return { trace: { guardrail } };
}

function metadata(outputTokens: number, cached?: number, trace: object = {}): Buffer {
  return eventFrame('metadata', {
    usage: {
      inputTokens: 11,
      outputTokens,
      totalTokens: 11 + outputTokens + (cached ?? 0),
      ...(cached === undefined ? {} : { cacheReadInputTokens: cached }),
    },
    metrics: { latencyMs: 1 },
    ...trace,
  });
}
