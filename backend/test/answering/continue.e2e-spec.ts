import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Run } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { lastPrompt } from '../fakes/openai-server.js';
import { joined } from '../harness/answer-stream.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import {
  aConversation,
  asked,
  askStream,
  branchOf,
  expectPost,
  follow,
  getPost,
  openStream,
} from '../harness/asking.js';

describe.each(TEST_ENGINES)('regenerate and continue on %s', (engine) => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp(engine);
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.provider.script({});
  });

  const again = (id: number, verb: 'continue' | 'regenerate', body?: unknown) =>
    app.client.post(`/api/posts/${String(id)}/${verb}`, body, {
      headers: { 'accept-language': 'pt-BR' },
    });

  /** An answer that broke off after its first words. */
  async function aCutAnswer(conversation?: number) {
    app.provider.script({ words: ['era ', 'uma ', 'vez'], dieAfter: 2 });
    const post = await asked(
      app.client,
      conversation ?? (await aConversation(app.client)),
      'conta',
    );
    expect(post).toMatchObject({ status: 'interrupted', body: 'era uma ' });
    return post;
  }

  it('should answer again beside the first answer', async () => {
    const conversation = await aConversation(app.client);
    const root = await asked(app.client, conversation, 'raiz');
    const first = await asked(app.client, conversation, 'say: um');
    const second = expectPost(await again(first.id, 'regenerate'));
    expect(second).toMatchObject({ prompt: 'say: um', parentId: root.id, status: 'done' });
    expect(second.siblings).toEqual({ ids: [first.id, second.id], index: 1 });
    expect((await branchOf(app.client, conversation)).map(({ id }) => id)).toEqual([
      second.id,
      root.id,
    ]);
    expect((await getPost(app.client, first.id)).siblings.index).toBe(0);
  });

  it('should not show the model the answer it is to give again', async () => {
    const conversation = await aConversation(app.client);
    const { id } = await asked(app.client, conversation, 'say: segredo antigo');
    await again(id, 'regenerate');
    const sent = app.provider.requests.at(-1)?.messages ?? [];
    expect(sent.map(({ role }) => role)).toEqual(['system', 'user']);
  });

  it('should go on where the answer ended: the same post, whose body only grows', async () => {
    const cut = await aCutAnswer();
    app.provider.script({ words: ['vez, ', 'no mar'], delayMs: 5 });
    const stream = await openStream(app.client, `/api/posts/${String(cut.id)}/continue`, {
      method: 'POST',
      body: {},
    });
    const frames = await stream.all();
    const deltas = frames.filter(({ type }) => type === 'delta');
    expect(deltas[0]?.data['at']).toBe(cut.body.length);
    expect(joined(frames, cut.body)).toBe('era uma vez, no mar');
    const post = await getPost(app.client, cut.id);
    expect(post).toMatchObject({ status: 'done', error: null, body: 'era uma vez, no mar' });
    expect(post.siblings.ids).toEqual([cut.id]);
  });

  it('should show the model its own beginning and ask it to go on', async () => {
    const cut = await aCutAnswer();
    app.provider.script({ words: ['vez'] });
    expectPost(await again(cut.id, 'continue'));
    const request = app.provider.requests.at(-1);
    expect(request?.messages.slice(-3)).toMatchObject([
      { role: 'user', content: 'conta' },
      { role: 'assistant', content: 'era uma ' },
      { role: 'user' },
    ]);
    expect(request && lastPrompt(request)).toContain('Continue exatamente');
  });

  it('should keep the beginning when going on fails, and go on again', async () => {
    const cut = await aCutAnswer();
    app.provider.script({ status: 500 });
    const failed = expectPost(await again(cut.id, 'continue'));
    expect(failed).toMatchObject({ body: 'era uma ', error: { code: 'MODEL.UNAVAILABLE' } });
    app.provider.script({ words: ['vez'] });
    expect(expectPost(await again(cut.id, 'continue'))).toMatchObject({
      body: 'era uma vez',
      status: 'done',
    });
  });

  it('should give a reader of the whole answer both parts', async () => {
    const cut = await aCutAnswer();
    app.provider.script({ words: ['vez'] });
    await again(cut.id, 'continue');
    const stream = await follow(app.client, cut.id);
    await stream.all();
    expect(stream.text).toBe('era uma vez');
  });

  it('should end a reader whose position is of the run before', async () => {
    const cut = await aCutAnswer();
    app.provider.script({ words: ['vez'] });
    await again(cut.id, 'continue');
    const stream = await follow(app.client, cut.id, `900.${String(cut.body.length)}`);
    const frames = await stream.all();
    expect(joined(frames, cut.body)).toBe('era uma vez');
    expect(frames.at(-1)?.type).toBe('done');
  });

  it('should go on with the model that began', async () => {
    const conversation = await aConversation(app.client, { model: 'quotes' });
    app.provider.script({ words: ['era ', 'uma ', 'vez'], dieAfter: 2 });
    const cut = await asked(app.client, conversation, 'conta', { model: MODEL });
    app.provider.script({ words: ['vez'] });
    expect(expectPost(await again(cut.id, 'continue'))).toMatchObject({
      model: MODEL,
      body: 'era uma vez',
    });
  });

  it('should stand on the sources that were wished for, again and further on', async () => {
    const conversation = await aConversation(app.client);
    const wish = { knowledge: true, model: MODEL };
    app.provider.script({ words: ['era ', 'uma ', 'vez'], dieAfter: 2 });
    const cut = await asked(app.client, conversation, 'Como conecto o Bedrock?', wish);
    expect(cut.sources.length).toBeGreaterThan(0);
    app.provider.script({ words: ['vez [1]'] });
    for (const verb of ['regenerate', 'continue'] as const) {
      expect(expectPost(await again(cut.id, verb)).sources).toEqual(cut.sources);
      expect(app.provider.requests.at(-1)?.messages[0]?.content).toContain('<source n="1"');
    }
    const quoted = await asked(app.client, conversation, 'Bedrock?', { model: 'quotes' });
    const regenerated = expectPost(await again(quoted.id, 'regenerate', { model: MODEL }));
    expect(regenerated.sources).toEqual([]);
  });

  it('should be followed live even after the clock was set back', async () => {
    const cut = await aCutAnswer();
    const later = new Date(Date.now() + 3_600_000);
    await app.dataSource.getRepository(Run).update({ postId: cut.id }, { startedAt: later });
    app.provider.script({ words: ['vez', ' fim'], delayMs: 200 });
    const continued = again(cut.id, 'continue');
    await wait(100);
    const stream = await follow(app.client, cut.id);
    const frames = await stream.all();
    expect(stream.text).toBe('era uma vez fim');
    expect(frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
    await continued;
  });

  it('should refuse to continue a complete answer', async () => {
    const { id } = await asked(app.client, await aConversation(app.client), 'say: pronto');
    expect(await again(id, 'continue')).toMatchObject({
      status: 409,
      body: { error: { code: 'POST.NOTHING_TO_CONTINUE' } },
    });
  });

  it('should refuse to continue an answer that is still being made', async () => {
    app.provider.script({ delayMs: 30 });
    const conversation = await aConversation(app.client);
    const stream = await askStream(app.client, conversation, { prompt: 'say: a b c d e f g' });
    const id = Number((await stream.untilType('post')).data['postId']);
    expect(await again(id, 'continue')).toMatchObject({
      status: 409,
      body: { error: { code: 'POST.STILL_ANSWERING' } },
    });
    await stream.all();
    expect(stream.text).toBe('a b c d e f g');
  });

  it('should refuse both in a conversation that is in the trash', async () => {
    const conversation = await aConversation(app.client);
    const cut = await aCutAnswer(conversation);
    await app.client.delete(`/api/conversations/${String(conversation)}`);
    for (const verb of ['continue', 'regenerate'] as const) {
      expect(await again(cut.id, verb)).toMatchObject({
        status: 409,
        body: { error: { code: 'CONVERSATION.DELETED' } },
      });
    }
  });

  it('should continue an answer that reached its longest length', async () => {
    app.provider.script({ words: ['muito '], finishReason: 'length' });
    const post = await asked(app.client, await aConversation(app.client), 'conta');
    expect(post).toMatchObject({ status: 'interrupted', error: { code: 'MODEL.LENGTH' } });
    app.provider.script({ words: ['longo'] });
    expect(expectPost(await again(post.id, 'continue')).body).toBe('muito longo');
  });
});
