import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fakeAnswer } from './fake-answer.ts';
import { FakeEmbeddings } from './openai-embeddings.ts';
import {
  behaviourOf,
  lastPrompt,
  type OpenAiBehaviour,
  type OpenAiRequest,
  type OpenAiScript,
} from './openai-script.ts';

export { lastPrompt, type OpenAiBehaviour, type OpenAiRequest, type OpenAiScript };

export interface OpenAiServer {
  /** Base URL up to and including `/v1`. */
  readonly url: string;
  readonly port: number;
  /** Requests to `/chat/completions`, oldest first. */
  readonly requests: readonly OpenAiRequest[];
  /** What answers `/embeddings`; not there before it is scripted. */
  readonly embeddings: FakeEmbeddings;
  /** Requests to anything else, as `METHOD /path`. */
  readonly others: readonly string[];
  /** Connections accepted so far. */
  connections(): number;
  /** Changes what happens from the next request on. */
  script(script: OpenAiScript): void;
  close(): Promise<void>;
}

export interface OpenAiServerOptions {
  readonly port?: number;
  /** What `GET /v1/models` lists. */
  readonly models?: readonly string[];
}

/**
 * A server that speaks OpenAI's chat completions, for tests. By default it answers from the last
 * user message (see `fakeAnswer`).
 */
export async function startOpenAiServer(
  script: OpenAiScript = {},
  { port = 0, models = ['fake-chat', 'text-embedding-fake'] }: OpenAiServerOptions = {},
): Promise<OpenAiServer> {
  const requests: OpenAiRequest[] = [];
  const others: string[] = [];
  const embeddings = new FakeEmbeddings();
  let current = script;
  let connections = 0;
  const server = http.createServer((message, reply) => {
    void handle(message, reply).catch(() => reply.destroy());
  });

  server.on('connection', () => {
    connections += 1;
  });

  async function handle(message: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = message;
    if (embeddings.isAt(url)) return embeddings.answer(message, reply);
    if (!url.endsWith('/chat/completions')) {
      others.push(`${method} ${url}`);
      return url.endsWith('/models') ? listModels(reply, models) : json(reply, 404, {});
    }
    const request = await read(message);
    const behaviour = behaviourOf(current, request, requests.length);
    requests.push(request);
    reply.on('close', () => {
      if (!reply.writableFinished) request.aborted = performance.now();
    });
    await answer(request, behaviour, reply);
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${String(bound)}/v1`,
    port: bound,
    requests,
    embeddings,
    others,
    connections: () => connections,
    script(next) {
      current = next;
    },
    close: () => closed(server),
  };
}

function closed(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

async function read(message: IncomingMessage): Promise<OpenAiRequest> {
  const at = performance.now();
  let text = '';
  message.setEncoding('utf8');
  for await (const part of message) text += String(part);
  const body = JSON.parse(text) as Record<string, unknown>;
  return {
    url: message.url ?? '/',
    method: message.method ?? 'GET',
    headers: message.headers,
    model: String(body['model']),
    messages: (body['messages'] ?? []) as OpenAiRequest['messages'],
    body,
    at,
    sent: 0,
  };
}

async function answer(
  request: OpenAiRequest,
  behaviour: OpenAiBehaviour,
  reply: ServerResponse,
): Promise<void> {
  if (behaviour.silent) return;
  const words = behaviour.words ?? fakeAnswer(lastPrompt(request));
  if (behaviour.status !== undefined && behaviour.status !== 200) {
    reply.writeHead(behaviour.status, {
      'content-type': 'application/json',
      ...behaviour.headers,
    });
    reply.end(behaviour.body ?? '{"error":{"message":"fault of the fake"}}');
    return;
  }
  if (request.body['stream'] !== true) return whole(request, words, behaviour, reply);
  reply.writeHead(200, { 'content-type': 'text/event-stream', ...behaviour.headers });
  reply.flushHeaders();
  if (behaviour.raw) return sendRaw(behaviour.raw, behaviour.delayMs ?? 0, reply);
  if (behaviour.body !== undefined) return void reply.end(behaviour.body);
  await stream(request, words, behaviour, reply);
}

async function sendRaw(
  pieces: readonly (string | Uint8Array)[],
  delayMs: number,
  reply: ServerResponse,
): Promise<void> {
  for (const piece of pieces) {
    reply.write(piece);
    // Each piece its own packet, so that borders fall where the test put them.
    await sleep(Math.max(delayMs, 2));
  }
  reply.end();
}

/** One server-sent frame of a chat completion. */
export function chunkFrame(model: string, rest: Readonly<Record<string, unknown>>): string {
  const chunk = {
    id: 'chatcmpl-fake',
    object: 'chat.completion.chunk',
    created: 1,
    model,
    ...rest,
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

const delta = (
  model: string,
  content: Readonly<Record<string, unknown>>,
  reason?: string,
): string =>
  chunkFrame(model, { choices: [{ index: 0, delta: content, finish_reason: reason ?? null }] });

/** Counts that a test can work out: a token a word. */
function usageOf(
  { messages }: OpenAiRequest,
  words: readonly string[],
  counted?: number,
): Record<string, number> {
  const prompt = messages.map(({ content }) => content.split(/\s+/).length);
  const promptTokens = counted ?? prompt.reduce((sum, count) => sum + count, 0);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: words.length,
    total_tokens: promptTokens + words.length,
  };
}

/** Dies once what was written is on its way. */
async function die(reply: ServerResponse): Promise<void> {
  await sleep(10);
  reply.destroy();
}

/** Well within what a client waits between two frames. */
const SIGN_OF_LIFE_MS = 2_000;

/** Says nothing, and that it is still there. */
async function rest(model: string, reply: ServerResponse): Promise<void> {
  while (!reply.destroyed) {
    reply.write(delta(model, { content: '' }));
    await sleep(SIGN_OF_LIFE_MS);
  }
}

async function stream(
  request: OpenAiRequest,
  words: readonly string[],
  behaviour: OpenAiBehaviour,
  reply: ServerResponse,
): Promise<void> {
  const { model } = request;
  if (behaviour.firstDelayMs) await sleep(behaviour.firstDelayMs);
  for (const [at, word] of words.entries()) {
    if (reply.destroyed) return;
    if (behaviour.dieAfter === at) return die(reply);
    if (behaviour.hangAfter === at) return;
    if (behaviour.restAfter === at) return rest(model, reply);
    if (behaviour.pauseAfter?.words === at) await behaviour.pauseAfter.until;
    if (behaviour.errorAfter === at) {
      const error = { message: 'fault of the fake', type: 'server_error', code: null };
      return void reply.end(`data: ${JSON.stringify({ error })}\n\n`);
    }
    if (at === 0) reply.write(delta(model, { role: 'assistant', content: '' }));
    reply.write(delta(model, { content: word }));
    request.sent += 1;
    if (behaviour.delayMs) await sleep(behaviour.delayMs);
  }
  if (behaviour.dieAfter === words.length) return die(reply);
  await behaviour.endsAfter;
  reply.write(delta(model, {}, behaviour.finishReason ?? 'stop'));
  const options = request.body['stream_options'] as { include_usage?: boolean } | undefined;
  if (behaviour.usage !== false && options?.include_usage) {
    request.told = usageOf(request, words, behaviour.promptTokens);
    reply.write(chunkFrame(model, { choices: [], usage: request.told }));
  }
  if (behaviour.done !== false) reply.write('data: [DONE]\n\n');
  reply.end();
  behaviour.ended?.();
}

function whole(
  request: OpenAiRequest,
  words: readonly string[],
  behaviour: OpenAiBehaviour,
  reply: ServerResponse,
): void {
  json(reply, 200, {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 1,
    model: request.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: words.join('') },
        finish_reason: behaviour.finishReason ?? 'stop',
      },
    ],
    usage: usageOf(request, words),
  });
}

function listModels(reply: ServerResponse, models: readonly string[]): void {
  json(reply, 200, {
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 1, owned_by: 'fake' })),
  });
}

function json(reply: ServerResponse, status: number, body: unknown): void {
  reply.writeHead(status, { 'content-type': 'application/json' });
  reply.end(JSON.stringify(body));
}
