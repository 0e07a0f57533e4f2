import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Post, Run, Usage } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aPerson } from '../harness/api-client.js';
import { aConversation, ask, asked, askStream, expectPost } from '../harness/asking.js';

describe.each(TEST_ENGINES)('Idempotency-Key on %s', (engine) => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp(engine);
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.provider.script({ delayMs: 2 });
  });

  const key = (name: string) => ({ 'idempotency-key': name });
  const calls = () => app.provider.requests.length;
  const rows = async (conversationId: number) => {
    const posts = await app.dataSource.getRepository(Post).findBy({ conversationId });
    const usage = await app.dataSource.getRepository(Usage).findBy({ conversationId });
    const runs = await app.dataSource.getRepository(Run).find({ relations: { post: true } });
    const own = runs.filter(({ post }) => post.conversationId === conversationId);
    return { posts: posts.length, usage: usage.length, runs: own.length };
  };

  it('should make one run of the same request sent five times at once', async () => {
    const conversation = await aConversation(app.client);
    const before = calls();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        ask(app.client, conversation, { prompt: 'say: um só' }, key('at-once')),
      ),
    );
    const posts = answers.map(expectPost);
    expect(new Set(posts.map(({ id }) => id)).size).toBe(1);
    expect(posts.map(({ body }) => body)).toEqual(Array(5).fill('um só'));
    expect(calls() - before).toBe(1);
    expect(await rows(conversation)).toEqual({ posts: 1, usage: 1, runs: 1 });
  });

  it('should join the run after a lost response', async () => {
    const conversation = await aConversation(app.client);
    const before = calls();
    const body = { prompt: 'say: uma resposta que se perdeu' };
    const lost = await askStream(app.client, conversation, body, key('lost'));
    await lost.untilText(4);
    await lost.leave();
    const again = await askStream(app.client, conversation, body, key('lost'));
    await again.all();
    expect(again.text).toBe('uma resposta que se perdeu');
    expect(again.frames[0]?.data['postId']).toBe(lost.frames[0]?.data['postId']);
    const later = expectPost(await ask(app.client, conversation, body, key('lost')));
    expect(later).toMatchObject({ status: 'done', body: 'uma resposta que se perdeu' });
    expect(calls() - before).toBe(1);
    expect(await rows(conversation)).toEqual({ posts: 1, usage: 1, runs: 1 });
  });

  it('should refuse the same key with another body, place or parent', async () => {
    const conversation = await aConversation(app.client);
    const other = await aConversation(app.client);
    const first = expectPost(await ask(app.client, conversation, { prompt: 'a' }, key('reuse')));
    const refused = [
      await ask(app.client, conversation, { prompt: 'b' }, key('reuse')),
      await ask(app.client, conversation, { prompt: 'a', parentId: null }, key('reuse')),
      await ask(app.client, other, { prompt: 'a' }, key('reuse')),
      await app.client.post(`/api/posts/${String(first.id)}/regenerate`, undefined, {
        headers: key('reuse'),
      }),
    ];
    for (const { status, body } of refused) {
      expect({ status, body }).toMatchObject({
        status: 422,
        body: { error: { code: 'RUN.KEY_REUSED' } },
      });
    }
    expect(await rows(conversation)).toMatchObject({ posts: 1, runs: 1 });
  });

  it('should keep the keys of two people apart', async () => {
    const ana = await aPerson(app, app.admin, 'ana');
    const mine = await aConversation(app.client);
    const hers = await aConversation(ana.client);
    const a = expectPost(await ask(app.client, mine, { prompt: 'minha' }, key('shared')));
    const b = expectPost(await ask(ana.client, hers, { prompt: 'dela' }, key('shared')));
    expect(b.id).not.toBe(a.id);
  });

  it.each([
    ['empty', ''],
    ['with a space', 'two words'],
    ['not ASCII', 'coração'],
    ['of 201 characters', 'x'.repeat(201)],
  ])('should refuse a key that is %s', async (_, name) => {
    const conversation = await aConversation(app.client);
    const { status, body } = await ask(
      app.client,
      conversation,
      { prompt: 'conta algo' },
      key(name),
    );
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { error: { code: 'RUN.KEY_INVALID' } },
    });
  });

  it('should leave the key unused when the request is refused', async () => {
    const conversation = await aConversation(app.client);
    const refused = await ask(
      app.client,
      conversation,
      { prompt: 'conta algo', model: 'no/such' },
      key('spare'),
    );
    expect(refused.body).toMatchObject({ error: { code: 'MODEL.UNKNOWN' } });
    const answer = await ask(app.client, conversation, { prompt: 'say: agora sim' }, key('spare'));
    expect(expectPost(answer).body).toBe('agora sim');
  });

  it('should join twins of regenerate and continue, too', async () => {
    const conversation = await aConversation(app.client);
    const { id } = await asked(app.client, conversation, 'say: outra vez');
    const twice = (path: string, name: string) =>
      Promise.all([1, 2].map(() => app.client.post(path, undefined, { headers: key(name) })));
    const [a, b] = await twice(`/api/posts/${String(id)}/regenerate`, 'twin-r');
    expect(a?.body['id']).toBe(b?.body['id']);
    expect(await rows(conversation)).toEqual({ posts: 2, usage: 2, runs: 2 });

    app.provider.script({ dieAfter: 2, words: ['meia ', 'resposta ', 'só'] });
    const cut = await asked(app.client, conversation, 'continue depois');
    expect(cut.status).toBe('interrupted');
    app.provider.script({ words: ['só'], delayMs: 30 });
    const before = calls();
    const both = await twice(`/api/posts/${String(cut.id)}/continue`, 'twin-c');
    expect(both.map(({ status, body }) => [status, body['body']])).toEqual([
      [201, 'meia resposta só'],
      [201, 'meia resposta só'],
    ]);
    expect(calls() - before).toBe(1);
  });
});
