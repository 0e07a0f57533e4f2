import { jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startBedrockServer } from '../../test/fakes/bedrock-server.js';
import { type OpenAiServer, startOpenAiServer } from '../../test/fakes/openai-server.js';
import { answerOf, aRegistry, closeRegistries, NOBODY } from '../../test/harness/model-registry.js';
import { ModelRegistry } from './registry.js';

describe(ModelRegistry.name, () => {
  let openAi: OpenAiServer;
  beforeEach(async () => {
    openAi = await startOpenAiServer({}, { models: ['text-embedding-1', 'org/chat:7b', 'other'] });
  });
  afterEach(async () => {
    await closeRegistries();
    await openAi.close();
  });

  it('should have the built-in model where nothing else is found', async () => {
    const models = await aRegistry({});
    expect(await models.list()).toEqual([
      {
        id: 'quotes',
        provider: 'quotes',
        contextWindow: expect.any(Number) as number,
        available: true,
        isDefault: true,
      },
    ]);
    expect((await models.resolve()).id).toBe('quotes');
  });

  it('should keep to LLM_MODELS and its order', async () => {
    const models = await aRegistry({
      LLM_MODELS: 'openai/org/chat:7b, quotes',
      OPENAI_BASE_URL: openAi.url,
    });
    const list = await models.list();
    expect(list.map(({ id, available, isDefault }) => [id, available, isDefault])).toEqual([
      ['openai/org/chat:7b', true, true],
      ['quotes', true, false],
    ]);
    expect(await answerOf(await models.resolve())).toBe('hello');
    expect(openAi.requests[0]?.model).toBe('org/chat:7b');
  });

  it('should list a model that was named wrongly, never ask it, and keep the others', async () => {
    const models = await aRegistry({
      LLM_MODELS: 'gemini/pro,openai/other',
      OPENAI_BASE_URL: openAi.url,
    });
    expect((await models.list())[0]).toMatchObject({
      id: 'gemini/pro',
      available: false,
      reason: 'MODEL.MISCONFIGURED',
    });
    expect((await models.resolve()).id).toBe('openai/other');
    await expect(models.resolve('gemini/pro')).rejects.toMatchObject({
      code: 'MODEL.MISCONFIGURED',
    });
  });

  it('should fall back on what is built in where every model was named wrongly', async () => {
    const models = await aRegistry({ LLM_MODELS: 'gemini/pro' });
    expect((await models.list()).map(({ id }) => id)).toEqual(['gemini/pro', 'quotes']);
    expect((await models.resolve()).id).toBe('quotes');
  });

  it('should offer the models that a server lists and that chat', async () => {
    const models = await aRegistry({ OPENAI_BASE_URL: openAi.url.replace('/v1', '') });
    expect((await models.list()).map(({ id }) => id)).toEqual([
      'openai/org/chat:7b',
      'openai/other',
      'quotes',
    ]);
    expect(openAi.others).toEqual(['GET /v1/models']);
  });

  it('should prefer what is available, and say why the rest is not', async () => {
    const models = await aRegistry({
      LLM_MODELS: 'openai/gpt-4o-mini,quotes',
      OPENAI_BASE_URL: `${NOBODY}/v1`,
    });
    expect((await models.list())[0]).toMatchObject({
      available: false,
      reason: 'MODEL.UNREACHABLE',
      isDefault: false,
    });
    expect((await models.resolve()).id).toBe('quotes');
    expect((await models.resolve('openai/gpt-4o-mini')).id).toBe('openai/gpt-4o-mini');
  });

  it('should go on preferring a server that is too busy to tell its list', async () => {
    const busy = createServer(() => undefined);
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    const models = await aRegistry({
      LLM_MODELS: 'openai/x,quotes',
      OPENAI_BASE_URL: `http://127.0.0.1:${String(port)}/v1`,
    });
    const { id } = await models.resolve();
    busy.closeAllConnections();
    busy.close();
    expect(id).toBe('openai/x');
  });

  it('should name a server that is down though its models are not known', async () => {
    const models = await aRegistry({ OPENAI_BASE_URL: `${NOBODY}/v1` });
    expect((await models.list())[0]).toMatchObject({ id: 'openai/default', available: false });
  });

  it('should refuse a model that it does not have', async () => {
    const models = await aRegistry({});
    await expect(models.resolve('openai/nothing')).rejects.toMatchObject({
      code: 'MODEL.UNKNOWN',
      details: { model: 'openai/nothing' },
    });
  });

  it('should find an Ollama and keep within its window', async () => {
    const ollama = await startOllama(['llama3.2:3b', 'nomic-embed-text:latest']);
    const { port } = ollama.address() as AddressInfo;
    const models = await aRegistry({ OLLAMA_URL: `http://127.0.0.1:${String(port)}` });
    const [found, ...rest] = await models.list();
    ollama.close();
    ollama.closeAllConnections();
    expect(found).toMatchObject({ id: 'openai/llama3.2:3b', contextWindow: 4096 });
    expect(rest.map(({ id }) => id)).toEqual(['quotes']);
  });

  it('should find Bedrock by its credentials and ask Mistral Large', async () => {
    const bedrock = await startBedrockServer();
    const models = await aRegistry({
      AWS_ACCESS_KEY_ID: 'AKIACANARY',
      AWS_SECRET_ACCESS_KEY: 'canary',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
    });
    expect((await models.list())[0]).toMatchObject({
      id: 'bedrock/mistral.mistral-large-2402-v1:0',
      contextWindow: 32_768,
      available: true,
      isDefault: true,
    });
    expect(await answerOf(await models.resolve())).toBe('hello');
    await bedrock.close();
  });

  it('should offer a model once though two ways lead to it', async () => {
    const ollama = await startOllama(['org/chat:7b']);
    const { port } = ollama.address() as AddressInfo;
    const models = await aRegistry({
      OPENAI_BASE_URL: openAi.url,
      OLLAMA_URL: `http://127.0.0.1:${String(port)}`,
    });
    const ids = (await models.list()).map(({ id }) => id);
    ollama.close();
    ollama.closeAllConnections();
    expect(ids).toEqual(['openai/org/chat:7b', 'openai/other', 'quotes']);
  });

  it.each([
    [{ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' }, 4096],
    [{ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', MODEL_CONTEXT_WINDOW: '16000' }, 16_000],
    [{ OPENAI_BASE_URL: `${NOBODY}/v1` }, 128_000],
  ])('should keep within what the server takes: %j', async (variables, window) => {
    const models = await aRegistry({ LLM_MODELS: 'openai/llama3.2', ...variables });
    expect((await models.list())[0]?.contextWindow).toBe(window);
  });

  it('should look again after half a minute, behind the back of who asks', async () => {
    const models = await aRegistry({
      LLM_MODELS: 'openai/x,quotes',
      OPENAI_BASE_URL: openAi.url,
    });
    expect((await models.resolve()).id).toBe('openai/x');
    await openAi.close();
    const later = performance.now() + 31_000;
    const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
    expect((await models.resolve()).id).toBe('openai/x');
    clock.mockRestore();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await models.resolve()).id).toBe('quotes');
    expect((await models.list())[0]?.reason).toBe('MODEL.UNREACHABLE');
  });

  it('should not go to the network for a model once it knows what is there', async () => {
    const models = await aRegistry({ LLM_MODELS: 'openai/x', OPENAI_BASE_URL: openAi.url });
    await models.resolve();
    const before = openAi.connections();
    await openAi.close();
    for (let turn = 0; turn < 100; turn += 1) await models.resolve();
    expect(openAi.connections()).toBe(before);
  });
});

function startOllama(names: readonly string[]): Promise<Server> {
  const server = createServer((request, reply) => {
    const tags = { models: names.map((name) => ({ name })) };
    reply.writeHead(request.url === '/api/tags' ? 200 : 404, {
      'content-type': 'application/json',
    });
    reply.end(JSON.stringify(request.url === '/api/tags' ? tags : {}));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}
