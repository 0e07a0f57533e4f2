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
  startBedrockServer,
  type BedrockBehaviour,
  type BedrockServer,
} from '../../../test/fakes/bedrock-server.js';
import type { ChatMessage, ChatModel } from '../chat-model.js';
import { PunctualModel } from '../stream-deadlines.js';
import { bedrockClient, bedrockModel, type BedrockAccess } from './bedrock.js';

const MISTRAL = 'mistral.mistral-large-2402-v1:0';
const question: readonly ChatMessage[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'assistant', text: 'Left over.' },
  { role: 'user', text: 'Olá!' },
  { role: 'user', text: 'Tudo bem?' },
];
describe(bedrockModel.name, () => {
  let server: BedrockServer;
  const clients: ReturnType<typeof bedrockClient>[] = [];
  const model = (access: BedrockAccess = {}, deadlines = PATIENT): ChatModel => {
    const client = bedrockClient({
      region: 'sa-east-1',
      accessKeyId: 'AKIACANARY',
      secretAccessKey: 'canary',
      endpoint: server.url,
      ...access,
    });
    clients.push(client);
    return new PunctualModel(
      bedrockModel(client, { id: `bedrock/${MISTRAL}`, model: MISTRAL, contextWindow: 32_768 }),
      deadlines,
    );
  };
  const does = (behaviour: BedrockBehaviour): void => {
    server.script(behaviour);
  };

  beforeEach(async () => {
    server = await startBedrockServer();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await server.close();
  });

  it('should stream the answer, then the counts of the provider, then the reason', async () => {
    const events = await ask(model(), question);
    expect(textOf(events)).toBe('You said: Olá!\n\nTudo bem?');
    expect(events.slice(-2)).toEqual([
      { type: 'usage', promptTokens: 11, completionTokens: 5 },
      { type: 'finish', reason: 'stop' },
    ]);
  });

  it('should send signed what Converse takes', async () => {
    await ask(model(), question);
    const [request] = server.requests;
    expect(request?.modelId).toBe(MISTRAL);
    expect(request?.httpVersion).toBe('2.0');
    expect(request?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 .*AKIACANARY.*\/sa-east-1\/bedrock\//,
    );
    expect(request?.body.system).toEqual([{ text: 'Be brief.' }]);
    expect(request?.body.messages).toEqual([
      { role: 'user', content: [{ text: 'Olá!\n\nTudo bem?' }] },
    ]);
    expect(request?.body.inferenceConfig?.maxTokens).toBe(64);
  });

  it('should put the system into the question for a model that takes none', async () => {
    const client = bedrockClient({
      accessKeyId: 'AKIACANARY',
      secretAccessKey: 'canary',
      endpoint: server.url,
    });
    clients.push(client);
    const name = 'mistral.mistral-7b-instruct-v0:2';
    await ask(bedrockModel(client, { id: name, model: name, contextWindow: 8192 }), question);
    expect(server.requests[0]?.body.system).toBeUndefined();
    expect(server.requests[0]?.body.messages[0]?.content).toEqual([
      { text: 'Be brief.\n\nOlá!\n\nTudo bem?' },
    ]);
  });

  it('should send a Bedrock API key where there is one', async () => {
    await ask(model({ bearerToken: 'canary-key' }), question);
    expect(server.requests[0]?.authorization).toBe('Bearer canary-key');
  });

  it('should have a guardrail of Bedrock watch the answer where one is named', async () => {
    await ask(model(), question, { guardrail: { id: 'gr-1a2b', version: '3' } });
    await ask(model(), question);
    expect(server.requests.map(({ body }) => body.guardrailConfig)).toEqual([
      {
        ...{ guardrailIdentifier: 'gr-1a2b', guardrailVersion: '3', streamProcessingMode: 'sync' },
        trace: 'enabled',
      },
      undefined,
    ]);
  });

  it('should tell cached tokens', async () => {
    does({ cachedTokens: 4 });
    expect(await ask(model(), question)).toContainEqual({
      type: 'usage',
      promptTokens: 15,
      completionTokens: 5,
      cachedTokens: 4,
    });
  });

  it.each([
    ['max_tokens', 'length'],
    ['guardrail_intervened', 'guarded'],
    ['stop_sequence', 'stop'],
  ] as const)('should tell the reason %s as %s', async (stopReason, reason) => {
    does({ stopReason });
    expect((await ask(model(), question)).at(-1)).toEqual({ type: 'finish', reason });
  });

  it.each<[string, number, string, string]>([
    ['ThrottlingException', 429, 'Too many tokens, please wait', 'MODEL.RATE_LIMITED'],
    ['AccessDeniedException', 403, '', 'MODEL.UNAUTHORIZED'],
    ['ExpiredTokenException', 403, '', 'MODEL.UNAUTHORIZED'],
    ['UnrecognizedClientException', 403, '', 'MODEL.UNAUTHORIZED'],
    ['ResourceNotFoundException', 404, '', 'MODEL.NOT_FOUND'],
    ['ValidationException', 400, 'The provided model identifier is invalid.', 'MODEL.NOT_FOUND'],
    ['ValidationException', 400, 'Input is too long for requested model.', 'MODEL.OVERFLOW'],
    ['ValidationException', 400, 'prompt exceeds the maximum tokens', 'MODEL.OVERFLOW'],
    ['ModelTimeoutException', 408, '', 'MODEL.TIMEOUT'],
    ['InternalServerException', 500, '', 'MODEL.UNAVAILABLE'],
    ['ServiceUnavailableException', 503, '', 'MODEL.UNAVAILABLE'],
  ])('should say what went wrong: %s %i %s', async (name, status, message, code) => {
    does({ exception: { name, status, message } });
    expect((await askInVain(model(), question)).failure.code).toBe(code);
    expect(server.requests).toHaveLength(1);
  });

  it('should keep how long a provider asks to be left alone', async () => {
    const exception = { name: 'ThrottlingException', status: 429 };
    does({ exception, headers: { 'retry-after': '3' } });
    expect((await askInVain(model(), question)).failure.retryAfterMs).toBe(3000);
  });

  it.each<[string, BedrockBehaviour, string]>([
    [
      'modelStreamErrorException',
      { exceptionAfter: { words: 2, name: 'modelStreamErrorException' } },
      'MODEL.CUT_SHORT',
    ],
    [
      'throttling',
      { exceptionAfter: { words: 2, name: 'throttlingException' } },
      'MODEL.RATE_LIMITED',
    ],
    ['a bad checksum', { badChecksumAfter: 2 }, 'MODEL.BAD_ANSWER'],
    ['a reset', { dieAfter: 2 }, 'MODEL.CUT_SHORT'],
    ['silence', { hangAfter: 2 }, 'MODEL.TIMEOUT'],
  ])('should keep the text before %s', async (_, behaviour, code) => {
    does({ words: ['one', ' two', ' three'], delayMs: 5, ...behaviour });
    const deadlines = code === 'MODEL.TIMEOUT' ? IMPATIENT : PATIENT;
    const { said, failure } = await askInVain(model({}, deadlines), question);
    expect([said, failure.code]).toEqual(['one two', code]);
  });

  it('should not claim that half a stream finished', async () => {
    does({ words: ['one', ' two'], endAfter: 1 });
    expect(await ask(model(), question)).toEqual([{ type: 'text', text: 'one' }]);
  });

  it('should call an answer without text empty', async () => {
    does({ words: [] });
    expect((await askInVain(model(), question)).failure.code).toBe('MODEL.EMPTY');
  });

  it('should reach Bedrock with a stop while it speaks, and end quietly', async () => {
    does({ words: Array.from({ length: 500 }, () => 'w '), delayMs: 20 });
    const stop = new AbortController();
    let texts = 0;
    for await (const event of model().stream(question, streamOptions(stop.signal))) {
      texts += event.type === 'text' ? 1 : 100;
      if (texts === 3) stop.abort();
    }
    await until(() => server.requests[0]?.aborted !== undefined);
    expect(texts).toBe(3);
  });

  it('should hang up when its reader leaves: a break alone would not', async () => {
    does({ words: Array.from({ length: 500 }, () => 'w '), delayMs: 20 });
    for await (const event of model().stream(question, streamOptions()))
      if (event.type === 'text') break;
    await until(() => server.requests[0]?.aborted !== undefined);
  });

  it('should hang up when the reader of the model itself leaves', async () => {
    does({ words: Array.from({ length: 500 }, () => 'w '), delayMs: 20 });
    const client = bedrockClient({
      accessKeyId: 'AKIACANARY',
      secretAccessKey: 'canary',
      endpoint: server.url,
    });
    clients.push(client);
    const bare = bedrockModel(client, { id: 'bedrock/x', model: 'x', contextWindow: 8192 });
    for await (const event of bare.stream(question, streamOptions())) {
      if (event.type === 'text' && event.text !== '') break;
    }
    await until(() => server.requests[0]?.aborted !== undefined);
  });

  it('should know that nobody listens, long before any word is overdue', async () => {
    const { failure } = await askInVain(model({ endpoint: 'http://127.0.0.1:9' }), question);
    expect(failure.code).toBe('MODEL.UNREACHABLE');
  });
});
