import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import {
  ask,
  askInVain,
  IMPATIENT,
  PATIENT,
  streamOptions,
  textOf,
  until,
} from '../../../test/fakes/ask-model.js';
import {
  chunkFrame,
  startOpenAiServer,
  type OpenAiServer,
} from '../../../test/fakes/openai-server.js';
import type { ChatMessage, ChatModel } from '../chat-model.js';
import { PunctualModel } from '../stream-deadlines.js';
import { openAiModel } from './openai.js';

const question: readonly ChatMessage[] = [{ role: 'user', text: 'Olá!' }];
const text = (content: string): string =>
  chunkFrame('m', { choices: [{ index: 0, delta: { content } }] });
const finish = chunkFrame('m', { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });

describe(`${openAiModel.name} and its connections (F12, F13)`, () => {
  let server: OpenAiServer;
  const model = (
    changes: Partial<Parameters<typeof openAiModel>[0]> = {},
    deadlines = PATIENT,
  ): ChatModel =>
    new PunctualModel(
      openAiModel({
        id: 'openai/m',
        model: 'm',
        contextWindow: 8192,
        baseUrl: server.url,
        ...changes,
      }),
      deadlines,
    );

  beforeEach(async () => {
    server = await startOpenAiServer();
  });
  afterEach(() => server.close());

  it('should reach the provider with a stop while it speaks, and end quietly', async () => {
    server.script({ words: Array.from({ length: 500 }, () => 'w '), delayMs: 20 });
    const stop = new AbortController();
    const types: string[] = [];
    for await (const event of model().stream(question, streamOptions(stop.signal))) {
      types.push(event.type);
      if (types.length === 3) stop.abort();
    }
    await until(() => server.requests[0]?.aborted !== undefined);
    expect(server.requests[0]?.sent).toBeLessThan(500);
    expect(types).toEqual(['text', 'text', 'text']);
  });

  it('should hang up when its reader leaves', async () => {
    server.script({ words: Array.from({ length: 500 }, () => 'w '), delayMs: 20 });
    for await (const event of model().stream(question, streamOptions()))
      if (event.type === 'text') break;
    await until(() => server.requests[0]?.aborted !== undefined);
  });

  it('should hang up on a provider that fell silent', async () => {
    server.script({ words: ['a', 'b'], hangAfter: 1 });
    await askInVain(model({}, IMPATIENT), question);
    await until(() => server.requests[0]?.aborted !== undefined);
  });

  it.each([
    ['refused', 'http://127.0.0.1:9/v1'],
    ['an unknown name', 'http://no-such-host.invalid/v1'],
  ])(
    'should know that it cannot connect, long before any word is overdue: %s',
    async (_, baseUrl) => {
      const { failure } = await askInVain(model({ baseUrl }), question);
      expect(failure.code).toBe('MODEL.UNREACHABLE');
      expect(String(failure.cause)).toMatch(/connect ECONNREFUSED|getaddrinfo/);
    },
  );

  it('should not speak TLS with a server that does not', async () => {
    const baseUrl = server.url.replace('http:', 'https:');
    expect((await askInVain(model({ baseUrl }), question)).failure.code).toBe('MODEL.UNREACHABLE');
  });

  it('should carry its key to no other host', async () => {
    const redirecting = createServer((_, reply) => {
      reply.writeHead(307, { location: `${server.url}/chat/completions` }).end();
    });
    await new Promise<void>((done) => redirecting.listen(0, '127.0.0.1', done));
    const { port } = redirecting.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${String(port)}/v1`;
    const { failure } = await askInVain(model({ baseUrl, apiKey: 'sk-canary' }), question);
    redirecting.close();
    redirecting.closeAllConnections();
    expect(failure.code).toBe('MODEL.BAD_ANSWER');
    expect(server.requests).toHaveLength(0);
  });

  it('should give up a TLS handshake that does not come about', async () => {
    const mute = createTcpServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
    const { port } = mute.address() as AddressInfo;
    const baseUrl = `https://127.0.0.1:${String(port)}/v1`;
    const { failure } = await askInVain(model({ baseUrl, connectMs: 150 }), question);
    mute.close();
    expect(failure.code).toBe('MODEL.UNREACHABLE');
  });

  it('should ask anew where a server closed a connection that it had kept open', async () => {
    const sockets = new Set<unknown>();
    const closing = createServer((request, reply) => {
      if (sockets.has(request.socket)) return void request.socket.destroy();
      sockets.add(request.socket);
      reply.end(`${text('a')}${finish}`);
    });
    await new Promise<void>((done) => closing.listen(0, '127.0.0.1', done));
    const { port } = closing.address() as AddressInfo;
    const asked = model({ baseUrl: `http://127.0.0.1:${String(port)}/v1` });
    for (let turn = 0; turn < 3; turn += 1) {
      expect(textOf(await ask(asked, question))).toBe('a');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(sockets.size).toBe(3);
    closing.close();
    closing.closeAllConnections();
  });

  it('should use a connection again', async () => {
    for (let turn = 0; turn < 3; turn += 1) await ask(model(), question);
    expect(server.connections()).toBe(1);
  });
});
