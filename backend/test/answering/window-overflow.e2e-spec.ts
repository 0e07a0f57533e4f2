import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Usage } from '#db';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked, askStream, getPost } from '../harness/asking.js';

const BEDROCK = 'bedrock/mistral.mistral-large-2402-v1:0';
/** About 110 tokens by our estimate. */
const LONG = 'palavras '.repeat(33);
const TOO_LONG = (limit: number) => ({
  status: 400,
  body: JSON.stringify({
    error: {
      code: 'context_length_exceeded',
      message: `This model's maximum context length is ${String(limit)} tokens. However, your messages resulted in 1900 tokens.`,
    },
  }),
});

describe('a provider that takes less than was thought', () => {
  let app: AnsweringApp;
  let bedrock: BedrockServer;
  let conversation: number;

  beforeAll(async () => {
    bedrock = await startBedrockServer();
    app = await startAnsweringApp('sqlite', {
      LLM_MODELS: `${MODEL},${BEDROCK}`,
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      MODEL_CONTEXT_WINDOW: '2048',
      MAX_OUTPUT_TOKENS: '256',
    });
    conversation = await aConversation(app.client);
    for (let n = 1; n <= 12; n += 1) {
      await asked(app.client, conversation, `say: resposta ${String(n)}\n${LONG}`);
    }
  });
  afterAll(async () => {
    await app.close();
    await bedrock.close();
  });

  const answered = async (model: string) => {
    const stream = await askStream(app.client, conversation, { prompt: 'say: fim', model });
    const frames = await stream.all();
    const postId = Number(frames[0]?.data['postId']);
    const rows = await app.dataSource
      .getRepository(Usage)
      .find({ where: { postId }, order: { id: 'ASC' } });
    return {
      stream,
      post: await getPost(app.client, postId),
      contexts: frames.filter(({ type }) => type === 'context').map(({ data }) => data),
      notices: frames.filter(({ type }) => type === 'notice').map(({ data }) => data['code']),
      outcomes: rows.map(({ model: name, outcome }) => [name, outcome]),
    };
  };

  it('should be asked once more with less, by its own limit, which holds from then on', async () => {
    const before = app.provider.requests.length;
    app.provider.script((_, index) => (index === before ? TOO_LONG(1500) : {}));
    const { post, contexts, notices, outcomes, stream } = await answered(MODEL);
    expect(stream.text).toBe('fim');
    expect(post.status).toBe('done');
    expect(notices).toEqual(['MODEL.REFITTED']);
    expect(outcomes).toEqual([
      [MODEL, 'MODEL.OVERFLOW'],
      [MODEL, 'done'],
    ]);
    const [first, second] = app.provider.requests
      .slice(before)
      .map(({ messages }) => messages.length);
    expect(second).toBeLessThan(first ?? 0);
    expect(contexts.map(({ limit }) => limit)).toEqual([2048, 1500]);
    expect(Number(contexts[1]?.['used'])).toBeLessThan(Number(contexts[0]?.['used']));
    const path = `/api/conversations/${String(conversation)}/context`;
    const { body } = await app.client.post(path, { prompt: 'say: fim', model: MODEL });
    expect(body['limit']).toBe(1500);
    app.provider.script({});
  });

  it('should be given up for another that takes more, where it refuses that as well', async () => {
    app.provider.script(TOO_LONG(900));
    const { stream, post, notices, outcomes } = await answered(MODEL);
    expect(outcomes).toEqual([
      [MODEL, 'MODEL.OVERFLOW'],
      [MODEL, 'MODEL.OVERFLOW'],
      [BEDROCK, 'done'],
    ]);
    expect(notices).toEqual(['MODEL.REFITTED', 'MODEL.FALLBACK']);
    expect(stream.text).toBe('fim');
    expect(post.model).toBe(BEDROCK);
    app.provider.script({});
  });

  it('should end with a clear word where no other takes more', async () => {
    bedrock.script({
      exception: {
        name: 'ValidationException',
        status: 400,
        message: 'Input is too long for requested model.',
      },
    });
    const { post, notices, outcomes } = await answered(BEDROCK);
    expect(outcomes).toEqual([
      [BEDROCK, 'MODEL.OVERFLOW'],
      [BEDROCK, 'MODEL.OVERFLOW'],
    ]);
    expect(notices).toEqual(['MODEL.REFITTED']);
    expect(post).toMatchObject({ status: 'failed', error: { code: 'MODEL.OVERFLOW' } });
    bedrock.script({});
    expect((await answered(BEDROCK)).post.status).toBe('done');
  });
});
