import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  chunkFrame,
  startOpenAiServer,
  type OpenAiBehaviour,
  type OpenAiServer,
} from '../../../test/fakes/openai-server.js';
import type { ChatMessage, ChatModel, ModelEvent } from '../chat-model.js';
import type { ModelFailure } from '../model-failure.js';
import { PunctualModel } from '../stream-deadlines.js';
import { openAiModel } from './openai.js';
import type { SseGarbage } from './sse-chunk.rules.js';

const ask: readonly ChatMessage[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'Olá, tudo bem?' },
];
const options = (signal = new AbortController().signal) => ({
  signal,
  maxOutputTokens: 64,
  passages: [],
  locale: 'pt-BR',
});
const text = (content: string): string =>
  chunkFrame('m', { choices: [{ index: 0, delta: { content } }] });
const finish = chunkFrame('m', { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });

const apart = (frames: string): string[] => frames.split(/(?<=\r)(?=\n)/);

async function collect(model: ChatModel, signal?: AbortSignal): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of model.stream(ask, options(signal))) events.push(event);
  return events;
}
const joined = (events: readonly ModelEvent[]): string =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');

/** What came before the failure, and the failure. */
async function failing(model: ChatModel): Promise<{ said: string; failure: ModelFailure }> {
  let said = '';
  try {
    for await (const event of model.stream(ask, options())) {
      if (event.type === 'text') said += event.text;
    }
  } catch (error) {
    return { said, failure: error as ModelFailure };
  }
  throw new Error(`no failure, but: ${said}`);
}

describe(openAiModel.name, () => {
  let server: OpenAiServer;
  let garbage: SseGarbage[];
  const model = (changes: Partial<Parameters<typeof openAiModel>[0]> = {}): ChatModel =>
    new PunctualModel(
      openAiModel({
        id: 'openai/org/fake:1',
        model: 'org/fake:1',
        contextWindow: 8192,
        baseUrl: server.url,
        onGarbage: (count) => garbage.push(count),
        ...changes,
      }),
      { firstTokenMs: 400, idleMs: 200 },
    );
  const does = (behaviour: OpenAiBehaviour): void => {
    server.script(behaviour);
  };

  beforeEach(async () => {
    garbage = [];
    server = await startOpenAiServer();
  });
  afterEach(() => server.close());

  it('should stream the answer, then the counts of the provider, then the reason', async () => {
    const events = await collect(model());
    expect(joined(events)).toBe('You said: Olá, tudo bem?');
    expect(events.filter(({ type }) => type === 'text').length).toBeGreaterThan(3);
    expect(events.slice(-2)).toEqual([
      { type: 'usage', promptTokens: 5, completionTokens: 5 },
      { type: 'finish', reason: 'stop' },
    ]);
  });

  it('should send the messages, the model and the limit, and no key it was not given', async () => {
    await collect(model());
    const [request] = server.requests;
    expect(request?.body).toMatchObject({ model: 'org/fake:1', max_tokens: 64, stream: true });
    expect(request?.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Olá, tudo bem?' },
    ]);
    expect(request?.headers.authorization).toBeUndefined();
    expect(Object.keys(request?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  it('should send the key it was given', async () => {
    await collect(model({ apiKey: 'sk-canary' }));
    expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-canary');
  });

  it('should pass a text on as soon as it arrives', async () => {
    does({ words: ['a', 'b'], delayMs: 150 });
    const started = performance.now();
    for await (const event of model().stream(ask, options())) {
      if (event.type === 'text') break;
    }
    expect(performance.now() - started).toBeLessThan(140);
  });

  it('should do without counts where the provider has none', async () => {
    does({ usage: false });
    expect((await collect(model())).map(({ type }) => type)).not.toContain('usage');
  });

  it.each([
    ['length', 'length'],
    ['content_filter', 'filtered'],
    ['tool_calls', 'stop'],
  ] as const)('should tell the reason %s as %s', async (finishReason, reason) => {
    does({ finishReason });
    expect((await collect(model())).at(-1)).toEqual({ type: 'finish', reason });
  });

  it.each<[string, OpenAiBehaviour, string]>([
    ['401', { status: 401 }, 'MODEL.UNAUTHORIZED'],
    ['403', { status: 403 }, 'MODEL.UNAUTHORIZED'],
    ['404', { status: 404 }, 'MODEL.NOT_FOUND'],
    ['429', { status: 429 }, 'MODEL.RATE_LIMITED'],
    ['500', { status: 500 }, 'MODEL.UNAVAILABLE'],
    ['503 with HTML', { status: 503, body: '<html>down</html>' }, 'MODEL.UNAVAILABLE'],
    ['400', { status: 400 }, 'MODEL.BAD_ANSWER'],
    [
      'context overflow',
      { status: 400, body: '{"error":{"code":"context_length_exceeded","message":"x"}}' },
      'MODEL.OVERFLOW',
    ],
    [
      'a filtered prompt',
      { status: 400, body: '{"error":{"code":"content_filter","message":"x"}}' },
      'MODEL.FILTERED',
    ],
    [
      'HTML with 200',
      { body: '<!doctype html><p>Sign in', headers: { 'content-type': 'text/html' } },
      'MODEL.BAD_ANSWER',
    ],
    ['HTML that claims to be a stream', { body: '<!doctype html>\n\n<p>\n' }, 'MODEL.BAD_ANSWER'],
    ['nothing', { body: '' }, 'MODEL.EMPTY'],
    ['an answer without text', { words: [] }, 'MODEL.EMPTY'],
    ['filtered to nothing', { words: [], finishReason: 'content_filter' }, 'MODEL.FILTERED'],
    ['death before the first text', { dieAfter: 0 }, 'MODEL.UNREACHABLE'],
    ['silence from the start', { hangAfter: 0 }, 'MODEL.TIMEOUT'],
    ['an error as first frame', { errorAfter: 0 }, 'MODEL.UNAVAILABLE'],
  ])('should say what went wrong: %s', async (_, behaviour, code) => {
    does(behaviour);
    const { said, failure } = await failing(model());
    expect([failure.code, said]).toEqual([code, '']);
    expect(server.requests).toHaveLength(1);
  });

  it('should keep how long a provider asks to be left alone', async () => {
    does({ status: 429, headers: { 'retry-after': '7' } });
    expect((await failing(model())).failure.retryAfterMs).toBe(7000);
  });

  it('should keep the words of the provider out of its own', async () => {
    does({ status: 401, body: '{"error":{"message":"bad key sk-canary at http://inner"}}' });
    const { failure } = await failing(model({ apiKey: 'sk-canary' }));
    expect(`${failure.message} ${failure.code}`).not.toMatch(/canary|http/);
    expect(String(failure.cause)).toContain('http://inner');
  });

  it.each<[string, OpenAiBehaviour, string]>([
    ['dies', { words: ['one', ' two', ' three'], dieAfter: 2 }, 'MODEL.CUT_SHORT'],
    ['tells of an error', { words: ['one', ' two', ' x'], errorAfter: 2 }, 'MODEL.CUT_SHORT'],
    ['falls silent', { words: ['one', ' two', ' three'], hangAfter: 2 }, 'MODEL.TIMEOUT'],
  ])('should keep the text of a provider that %s', async (_, behaviour, code) => {
    does(behaviour);
    const { said, failure } = await failing(model());
    expect([said, failure.code]).toEqual(['one two', code]);
  });

  it('should not claim that half a stream finished', async () => {
    does({ raw: [text('half')] });
    expect(await collect(model())).toEqual([{ type: 'text', text: 'half' }]);
  });

  it('should take a reason without [DONE] as the end, even if the line then dies', async () => {
    does({ done: false });
    expect((await collect(model())).at(-1)).toEqual({ type: 'finish', reason: 'stop' });
  });

  describe('garbage', () => {
    const bytes = Buffer.from(text('coração') + finish);
    const cut = bytes.indexOf(0xc3) + 1;
    const bad = { badFrames: 0, unknownEvents: 0, unknownFields: 0 };

    it.each<[string, (string | Uint8Array)[], string, SseGarbage | undefined]>([
      [
        'bad JSON',
        [text('a'), 'data: {"cho\n\n', text('b'), finish],
        'ab',
        { ...bad, badFrames: 1 },
      ],
      ['a null frame', ['data: null\n\n', text('a'), finish], 'a', { ...bad, badFrames: 1 }],
      ['split UTF-8', [bytes.subarray(0, cut), bytes.subarray(cut)], 'coração', undefined],
      ['a BOM', ['\uFEFF' + text('a') + finish], 'a', undefined],
      ['CR', [(text('a') + finish).replaceAll('\n', '\r')], 'a', undefined],
      ['CR and LF apart', apart((text('a') + finish).replaceAll('\n', '\r\n')), 'a', undefined],
      [
        'data in lines',
        ['data: {"choices":[{"delta":\ndata: {"content":"a"}}]}\n\n', finish],
        'a',
        undefined,
      ],
      ['comments', [': waiting\n\n', text('a'), ':\n', finish], 'a', undefined],
      ['two [DONE]', [text('a'), finish, 'data: [DONE]\n\ndata: [DONE]\n\n'], 'a', undefined],
      ['text after [DONE]', [text('a') + finish + 'data: [DONE]\n\n' + text('b')], 'a', undefined],
      [
        'unknown events',
        [`event: execute\n${text('evil')}`, text('a'), finish],
        'a',
        { ...bad, unknownEvents: 1 },
      ],
      [
        'tools and code',
        [
          'data: {"choices":[{"delta":{"content":"a","tool_calls":[{"function":{"name":"rm"}}]}}],"execute":"alert(1)"}\n\n',
          finish,
        ],
        'a',
        { ...bad, unknownFields: 2 },
      ],
    ])('should live with %s', async (_, raw, said, count) => {
      does({ raw });
      const events = await collect(model());
      expect(joined(events)).toBe(said);
      expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
      expect(garbage).toEqual(count ? [count] : []);
    });

    it('should give up at a line over 1 MB and hang up', async () => {
      does({ raw: [text('a'), ...Array.from({ length: 40 }, () => 'x'.repeat(65_536))] });
      const { said, failure } = await failing(model());
      expect([said, failure.code]).toEqual(['a', 'MODEL.BAD_ANSWER']);
      await until(() => server.requests[0]?.aborted !== undefined);
    });
  });

  it('should reach the provider with a stop in under 300 ms, and end quietly', async () => {
    does({ words: Array.from({ length: 500 }, () => 'w '), delayMs: 20 });
    const stop = new AbortController();
    let stopped = 0;
    const types: string[] = [];
    for await (const event of model().stream(ask, options(stop.signal))) {
      types.push(event.type);
      if (types.length === 3) {
        stopped = performance.now();
        stop.abort();
      }
    }
    expect(performance.now() - stopped).toBeLessThan(100);
    await until(() => server.requests[0]?.aborted !== undefined);
    expect((server.requests[0]?.aborted ?? Infinity) - stopped).toBeLessThan(300);
    expect(types).toEqual(['text', 'text', 'text']);
  });

  it('should hang up when its reader leaves', async () => {
    does({ words: Array.from({ length: 500 }, () => 'w '), delayMs: 20 });
    for await (const event of model().stream(ask, options())) if (event.type === 'text') break;
    await until(() => server.requests[0]?.aborted !== undefined);
  });

  it('should hang up on a provider that fell silent', async () => {
    does({ words: ['a', 'b'], hangAfter: 1 });
    await failing(model());
    await until(() => server.requests[0]?.aborted !== undefined);
  });

  it.each([
    ['refused', 'http://127.0.0.1:9/v1'],
    ['an unknown name', 'http://no-such-host.invalid/v1'],
  ])('should know within 3 s that it cannot connect: %s', async (_, baseUrl) => {
    const started = performance.now();
    expect((await failing(model({ baseUrl }))).failure.code).toBe('MODEL.UNREACHABLE');
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('should not speak TLS with a server that does not', async () => {
    const baseUrl = server.url.replace('http:', 'https:');
    expect((await failing(model({ baseUrl }))).failure.code).toBe('MODEL.UNREACHABLE');
  });

  it('should carry its key to no other host', async () => {
    const redirecting = createServer((_, reply) => {
      reply.writeHead(307, { location: `${server.url}/chat/completions` }).end();
    });
    await new Promise<void>((done) => redirecting.listen(0, '127.0.0.1', done));
    const { port } = redirecting.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${String(port)}/v1`;
    const { failure } = await failing(model({ baseUrl, apiKey: 'sk-canary' }));
    redirecting.close();
    redirecting.closeAllConnections();
    expect(failure.code).toBe('MODEL.BAD_ANSWER');
    expect(server.requests).toHaveLength(0);
  });

  it('should use a connection again', async () => {
    for (let turn = 0; turn < 3; turn += 1) await collect(model());
    expect(server.connections()).toBe(1);
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 1000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('it did not come about within a second');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
