import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Usage } from '#db';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked, askStream, getPost } from '../harness/asking.js';

const NAME = 'mistral.mistral-large-2402-v1:0';
const OTHER = `bedrock/${NAME}`;
const limited = (seconds: number) => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
});

describe('a model that does not answer', () => {
  let app: AnsweringApp;
  let bedrock: BedrockServer;

  beforeEach(async () => {
    bedrock = await startBedrockServer();
    app = await startAnsweringApp('sqlite', {
      LLM_MODELS: `${MODEL},${OTHER},quotes`,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      AWS_ACCESS_KEY_ID: 'AKIACANARY',
      AWS_SECRET_ACCESS_KEY: 'canary',
    });
  });
  afterEach(async () => {
    await app.close();
    await bedrock.close();
  });

  const ledgerOf = async (postId: number) => {
    const rows = await app.dataSource
      .getRepository(Usage)
      .find({ where: { postId }, order: { id: 'ASC' } });
    for (const { closedAt } of rows) expect(closedAt).toBeInstanceOf(Date);
    return rows.map(({ model, outcome }) => [model, outcome]);
  };

  it('should be asked again as late as it wishes, then give way to the next, and say so (F9)', async () => {
    app.provider.script(limited(1));
    const stream = await askStream(
      app.client,
      await aConversation(app.client),
      { prompt: 'say: um dois' },
      { 'accept-language': 'en' },
    );
    const frames = await stream.all();
    expect(stream.text).toBe('um dois');
    const [first, second] = app.provider.requests;
    expect(app.provider.requests).toHaveLength(2);
    expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(999);
    expect(bedrock.requests).toHaveLength(1);
    expect(frames.filter(({ type }) => type === 'notice').map(({ data }) => data)).toEqual([
      {
        code: 'MODEL.FALLBACK',
        model: OTHER,
        from: MODEL,
        message: `The model fake-chat did not answer. ${NAME} answers in its place.`,
      },
    ]);
    const types = stream.types;
    expect(types.indexOf('notice')).toBeLessThan(types.indexOf('delta'));
    const id = Number(frames[0]?.data['postId']);
    expect(await getPost(app.client, id)).toMatchObject({ status: 'done', model: OTHER });
    expect(await ledgerOf(id)).toEqual([
      [MODEL, 'MODEL.RATE_LIMITED'],
      [MODEL, 'MODEL.RATE_LIMITED'],
      [OTHER, 'done'],
    ]);
  });

  it('should be left alone for as long as it asks, without being waited for (F9)', async () => {
    app.provider.script(limited(60));
    expect(await asked(app.client, await aConversation(app.client), 'fala algo')).toMatchObject({
      status: 'done',
      model: OTHER,
    });
    const stream = await askStream(app.client, await aConversation(app.client), {
      prompt: 'fala algo',
    });
    expect((await stream.all()).some(({ type }) => type === 'notice')).toBe(true);
    expect(app.provider.requests).toHaveLength(1);
    const { body } = await app.client.get('/api/models');
    expect(body['items']).toMatchObject([
      { id: MODEL, available: false, reason: { code: 'MODEL.RATE_LIMITED' } },
      { id: OTHER, available: true },
      { id: 'quotes' },
    ]);
  });

  it('should be asked again in silence, for one answer and one charge (F10)', async () => {
    app.provider.script([{ status: 500 }, {}]);
    const stream = await askStream(app.client, await aConversation(app.client), {
      prompt: 'say: um dois',
    });
    const frames = await stream.all();
    expect([stream.text, app.provider.requests.length]).toEqual(['um dois', 2]);
    expect(stream.types).not.toContain('notice');
    expect(stream.types).not.toContain('error');
    expect(bedrock.requests).toHaveLength(0);
    const postId = Number(frames[0]?.data['postId']);
    const rows = await app.dataSource.getRepository(Usage).findBy({ postId });
    expect(rows.map(({ outcome, completionTokens }) => [outcome, completionTokens])).toEqual([
      ['MODEL.UNAVAILABLE', 0],
      ['done', 2],
    ]);
  });

  it('should be asked no third time: another answers, once (F10)', async () => {
    app.provider.script({ status: 500 });
    const post = await asked(app.client, await aConversation(app.client), 'say: um dois');
    expect(post).toMatchObject({ status: 'done', body: 'um dois', model: OTHER });
    expect([app.provider.requests.length, bedrock.requests.length]).toEqual([2, 1]);
    expect(post.usage?.costUsd).toBe((11 * 4 + 2 * 12) / 1e6);
  });

  it('should end after three calls, with what the last one failed by', async () => {
    app.provider.script({ status: 500 });
    bedrock.script({ exception: { name: 'ThrottlingException', status: 429 } });
    const post = await asked(app.client, await aConversation(app.client), 'fala algo');
    expect(post).toMatchObject({
      status: 'failed',
      model: OTHER,
      error: { code: 'MODEL.RATE_LIMITED' },
    });
    expect([app.provider.requests.length, bedrock.requests.length]).toEqual([2, 1]);
    expect(await ledgerOf(post.id)).toEqual([
      [MODEL, 'MODEL.UNAVAILABLE'],
      [MODEL, 'MODEL.UNAVAILABLE'],
      [OTHER, 'MODEL.RATE_LIMITED'],
    ]);
  });

  it('should never be asked again once it has said something (F11)', async () => {
    app.provider.script({ words: ['meia ', 'resposta'], dieAfter: 1 });
    const post = await asked(app.client, await aConversation(app.client), 'fala algo');
    expect(post).toMatchObject({ status: 'interrupted', body: 'meia ', model: MODEL });
    expect([app.provider.requests.length, bedrock.requests.length]).toEqual([1, 0]);
  });

  it('should let a person stop the wait at once', async () => {
    app.provider.script(limited(4));
    const stream = await askStream(app.client, await aConversation(app.client), {
      prompt: 'fala algo',
    });
    const id = Number((await stream.untilType('post')).data['postId']);
    while (app.provider.requests.length === 0) await new Promise((later) => setTimeout(later, 5));
    await new Promise((later) => setTimeout(later, 200));
    await app.client.post(`/api/posts/${String(id)}/stop`);
    expect((await stream.all()).at(-1)).toMatchObject({ data: { status: 'stopped' } });
    expect(stream.types).not.toContain('error');
    expect([app.provider.requests.length, bedrock.requests.length]).toEqual([1, 0]);
    expect(await ledgerOf(id)).toEqual([[MODEL, 'MODEL.RATE_LIMITED']]);
  });

  it('should not be stormed by many at once, and be asked no more while it is down', async () => {
    app.provider.script({ status: 500 });
    bedrock.script({ exception: { name: 'InternalServerException', status: 500 } });
    const conversations = await Promise.all(
      Array.from({ length: 30 }, () => aConversation(app.client)),
    );
    const started = performance.now();
    await Promise.all(conversations.map((id) => asked(app.client, id, 'fala algo')));
    const seconds = (performance.now() - started) / 1000;
    // A call each, and what the bucket holds: ten retries, and one more each second.
    expect(app.provider.requests.length).toBeLessThanOrEqual(30 + 10 + seconds);
    const before = app.provider.requests.length + bedrock.requests.length;
    const post = await asked(app.client, await aConversation(app.client), 'fala algo');
    expect(post).toMatchObject({ status: 'failed', error: { code: 'MODEL.UNAVAILABLE' } });
    expect(app.provider.requests.length + bedrock.requests.length).toBe(before);
    expect(await ledgerOf(post.id)).toEqual([]);
  });

  it('should send a prompt only where it fits', async () => {
    await app.close();
    app = await startAnsweringApp('sqlite', {
      LLM_MODELS: `openai/gpt-4o,${OTHER}`,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      AWS_ACCESS_KEY_ID: 'AKIACANARY',
      AWS_SECRET_ACCESS_KEY: 'canary',
    });
    app.provider.script({ status: 401 });
    const long = 'palavra '.repeat(20_000);
    const post = await asked(app.client, await aConversation(app.client), long);
    expect(post).toMatchObject({ status: 'failed', error: { code: 'MODEL.UNAUTHORIZED' } });
    expect(bedrock.requests).toHaveLength(0);
  });
});
