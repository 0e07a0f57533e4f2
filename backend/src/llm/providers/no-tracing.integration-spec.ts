import { jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask, textOf } from '../../../test/fakes/ask-model.js';
import { startBedrockServer } from '../../../test/fakes/bedrock-server.js';
import { startOpenAiServer } from '../../../test/fakes/openai-server.js';
import { bedrockClient, bedrockModel } from './bedrock.js';
import { openAiModel } from './openai.js';

/** Longer than LangSmith's client gathers before it sends. */
const BATCH_MS = 600;
const secret = [{ role: 'user', text: 'say: 123.456.789-09' }] as const;

describe('LangChain with LANGSMITH_TRACING set', () => {
  let sink: Server;
  const received: string[] = [];

  beforeAll(async () => {
    sink = createServer((request, reply) => {
      received.push(`${String(request.method)} ${String(request.url)}`);
      reply.writeHead(202).end('{}');
    });
    await new Promise<void>((done) => sink.listen(0, '127.0.0.1', done));
    const endpoint = `http://127.0.0.1:${String((sink.address() as AddressInfo).port)}`;
    jest.replaceProperty(process, 'env', {
      LANGSMITH_TRACING: 'true',
      LANGSMITH_TRACING_V2: 'true',
      LANGCHAIN_TRACING_V2: 'true',
      LANGCHAIN_CALLBACKS_BACKGROUND: 'false',
      LANGSMITH_ENDPOINT: endpoint,
      LANGCHAIN_ENDPOINT: endpoint,
      LANGSMITH_API_KEY: 'lsv2_canary',
      LANGCHAIN_API_KEY: 'lsv2_canary',
    });
  });
  afterAll(() => {
    jest.restoreAllMocks();
    sink.close();
    sink.closeAllConnections();
  });

  it('should trace nothing by itself: its tracer would send text that no rail has seen', async () => {
    const openAi = await startOpenAiServer();
    const bedrock = await startBedrockServer();
    const client = bedrockClient({
      endpoint: bedrock.url,
      accessKeyId: 'AKIACANARY',
      secretAccessKey: 'canary',
    });
    const common = { id: 'x', model: 'x', contextWindow: 8192 };
    const answers = [
      await ask(openAiModel({ ...common, baseUrl: openAi.url }), secret),
      await ask(bedrockModel(client, common), secret),
    ];
    expect(answers.map(textOf)).toEqual(['123.456.789-09', '123.456.789-09']);
    await new Promise((resolve) => setTimeout(resolve, BATCH_MS));
    expect(received).toEqual([]);
    client.destroy();
    await Promise.all([openAi.close(), bedrock.close()]);
  });
});
