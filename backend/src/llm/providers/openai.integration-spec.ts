import { inspect } from 'node:util';
import {
  ask,
  askInVain,
  IMPATIENT,
  PATIENT,
  streamOptions,
  textOf,
} from '../../../test/fakes/ask-model.js';
import {
  chunkFrame,
  startOpenAiServer,
  type OpenAiBehaviour,
  type OpenAiServer,
} from '../../../test/fakes/openai-server.js';
import type { ChatMessage, ChatModel } from '../chat-model.js';
import { PunctualModel } from '../stream-deadlines.js';
import { openAiModel } from './openai.js';

const question: readonly ChatMessage[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'Olá, tudo bem?' },
];
const text = (content: string): string =>
  chunkFrame('m', { choices: [{ index: 0, delta: { content } }] });
const finish = chunkFrame('m', { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });

describe(openAiModel.name, () => {
  let server: OpenAiServer;
  const model = (
    changes: Partial<Parameters<typeof openAiModel>[0]> = {},
    deadlines = PATIENT,
  ): ChatModel =>
    new PunctualModel(
      openAiModel({
        id: 'openai/org/fake:1',
        model: 'org/fake:1',
        contextWindow: 8192,
        baseUrl: server.url,
        ...changes,
      }),
      deadlines,
    );
  const does = (behaviour: OpenAiBehaviour): void => {
    server.script(behaviour);
  };

  beforeEach(async () => {
    server = await startOpenAiServer();
  });
  afterEach(() => server.close());

  it('should stream the answer, then the counts of the provider, then the reason', async () => {
    const events = await ask(model(), question);
    expect(textOf(events)).toBe('You said: Olá, tudo bem?');
    expect(events.filter(({ type }) => type === 'text').length).toBeGreaterThan(3);
    expect(events.slice(-2)).toEqual([
      { type: 'usage', promptTokens: 5, completionTokens: 5 },
      { type: 'finish', reason: 'stop' },
    ]);
  });

  it.each([
    { prompt_tokens: 0, completion_tokens: 0 },
    { prompt_tokens: -5, completion_tokens: 7 },
    { prompt_tokens: 5, completion_tokens: 7.5 },
    { prompt_tokens: 1e20, completion_tokens: 7 },
    { prompt_tokens: 5, completion_tokens: 7, prompt_tokens_details: { cached_tokens: -1 } },
  ])('should not take %j for counts', async (usage) => {
    does({
      raw: [text('olá'), chunkFrame('m', { choices: [], usage }), finish, 'data: [DONE]\n\n'],
    });
    const events = await ask(model(), question);
    expect(events.filter(({ type }) => type !== 'text')).toEqual([
      { type: 'finish', reason: 'stop' },
    ]);
  });

  it('should send the messages, the model and the limit, and no key it was not given', async () => {
    await ask(model(), question);
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
    await ask(model({ apiKey: 'sk-canary' }), question);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-canary');
  });

  it('should pass a text on as soon as it arrives', async () => {
    does({ words: ['a', 'b'], hangAfter: 1 });
    for await (const event of model().stream(question, streamOptions())) {
      if (event.type === 'text') break;
    }
  });

  it('should do without counts where the provider has none', async () => {
    does({ usage: false });
    expect((await ask(model(), question)).map(({ type }) => type)).not.toContain('usage');
  });

  it.each([
    ['length', 'length'],
    ['content_filter', 'filtered'],
    ['tool_calls', 'stop'],
  ] as const)('should tell the reason %s as %s', async (finishReason, reason) => {
    does({ finishReason });
    expect((await ask(model(), question)).at(-1)).toEqual({ type: 'finish', reason });
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
    ['not even a status', { silent: true }, 'MODEL.TIMEOUT'],
    ['an error as first frame', { errorAfter: 0 }, 'MODEL.UNAVAILABLE'],
  ])('should say what went wrong: %s', async (_, behaviour, code) => {
    does(behaviour);
    const deadlines = code === 'MODEL.TIMEOUT' ? IMPATIENT : PATIENT;
    const { said, failure } = await askInVain(model({}, deadlines), question);
    expect([failure.code, said]).toEqual([code, '']);
    expect(server.requests).toHaveLength(1);
  });

  it('should keep how long a provider asks to be left alone', async () => {
    does({ status: 429, headers: { 'retry-after': '7' } });
    expect((await askInVain(model(), question)).failure.retryAfterMs).toBe(7000);
  });

  it('should keep the words of the provider out of its own', async () => {
    does({ status: 401, body: '{"error":{"message":"bad key my-canary at http://inner"}}' });
    const { failure } = await askInVain(model({ apiKey: 'my-canary' }), question);
    expect(`${failure.message} ${failure.code}`).not.toMatch(/canary|http/);
    expect(String(failure.cause)).toContain('bad key [key] at http://inner');
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('canary');
  });

  it.each<[string, OpenAiBehaviour, string]>([
    ['dies', { words: ['one', ' two', ' three'], dieAfter: 2 }, 'MODEL.CUT_SHORT'],
    ['tells of an error', { words: ['one', ' two', ' x'], errorAfter: 2 }, 'MODEL.CUT_SHORT'],
    ['falls silent', { words: ['one', ' two', ' three'], hangAfter: 2 }, 'MODEL.TIMEOUT'],
  ])('should keep the text of a provider that %s', async (_, behaviour, code) => {
    does(behaviour);
    const deadlines = code === 'MODEL.TIMEOUT' ? IMPATIENT : PATIENT;
    const { said, failure } = await askInVain(model({}, deadlines), question);
    expect([said, failure.code]).toEqual(['one two', code]);
  });

  it('should not claim that half a stream finished', async () => {
    does({ raw: [text('half')] });
    expect(await ask(model(), question)).toEqual([{ type: 'text', text: 'half' }]);
  });

  it('should take a reason without [DONE] as the end, even if the line then dies', async () => {
    does({ done: false });
    expect((await ask(model(), question)).at(-1)).toEqual({ type: 'finish', reason: 'stop' });
  });
});
