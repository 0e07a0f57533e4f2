import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Post, Run, Usage } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { follow } from './event-reader.js';
import { aConversation, aPost, asking, aScene, type Scene } from './given.js';
import { errorOf, jsonOf, send } from './wire.js';

const MISSING = 2_147_483_646;

describe.each(TEST_ENGINES)('isolation of people on %s', (engine) => {
  let scene: Scene;
  /** Ana's conversation and the post in it; Bruno's. */
  let hers: { conversation: number; post: number };
  let his: { conversation: number; post: number };

  const stored = async () => {
    const { manager } = scene.app.dataSource;
    return {
      posts: await manager.count(Post),
      runs: await manager.count(Run),
      usage: await manager.count(Usage),
      asked: scene.provider.requests.length,
    };
  };

  beforeAll(async () => {
    scene = await aScene(engine);
  });

  beforeEach(async () => {
    const { app, provider, ana, bruno } = scene;
    provider.script({ words: ['Uma ', 'resposta ', 'qualquer.'] });
    const [a, b] = [await aConversation(app, ana), await aConversation(app, bruno)];
    hers = { conversation: a, post: (await aPost(app, ana, a, 'Pergunta da Ana')).id };
    his = { conversation: b, post: (await aPost(app, bruno, b, 'Pergunta do Bruno')).id };
  });

  afterAll(() => scene.close());

  it("should not ask in another person's conversation", async () => {
    const { app, bruno } = scene;
    const before = await stored();
    const body = { prompt: 'Deixe-me entrar' };
    const foreign = await send(app, asking(hers.conversation, bruno, body));
    const missing = await send(app, asking(MISSING, bruno, body));
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe(missing.text);
    expect(await stored()).toEqual(before);
  });

  it("should not hang a prompt on another person's post", async () => {
    const { app, bruno } = scene;
    const before = await stored();
    const askAfter = (parentId: number) =>
      send(app, asking(his.conversation, bruno, { prompt: 'Leia o que vem antes', parentId }));
    const foreign = await askAfter(hers.post);
    expect(errorOf(foreign).code).toBe('POST.NOT_FOUND');
    expect(foreign.text).toBe((await askAfter(MISSING)).text);
    expect(await stored()).toEqual(before);
  });

  it('should not hang a prompt on a post of another conversation of the same person', async () => {
    const { app, bruno } = scene;
    const another = await aConversation(app, bruno);
    const before = await stored();
    const body = { prompt: 'E agora?', parentId: his.post };
    expect((await send(app, asking(another, bruno, body))).status).toBe(404);
    expect(await stored()).toEqual(before);
  });

  it("should not show another person's post as the leaf of one's own conversation", async () => {
    const { app, bruno } = scene;
    const path = `/api/conversations/${String(his.conversation)}`;
    const change = (leafPostId: number) =>
      send(app, {
        method: 'PATCH',
        path,
        token: bruno.token,
        body: JSON.stringify({ leafPostId, title: 'Meu' }),
      });
    const foreign = await change(hers.post);
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe((await change(MISSING)).text);
    const kept = jsonOf(await send(app, { path, token: bruno.token }));
    expect(kept).toMatchObject({ leafPostId: his.post, title: 'Pergunta do Bruno' });
  });

  it("should not list the branch of another person's post", async () => {
    const { app, bruno } = scene;
    const list = (query: string) =>
      send(app, {
        path: `/api/conversations/${String(his.conversation)}/posts?${query}`,
        token: bruno.token,
      });
    const foreign = await list(`branch=${String(hers.post)}`);
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe((await list(`branch=${String(MISSING)}`)).text);
  });

  it("should not page into another person's posts with a made-up cursor", async () => {
    const { app, bruno } = scene;
    const forged = Buffer.from(`b.0.${String(hers.post)}`).toString('base64url');
    for (const branch of ['active', 'all']) {
      const answer = await send(app, {
        path: `/api/conversations/${String(his.conversation)}/posts?branch=${branch}&cursor=${forged}`,
        token: bruno.token,
      });
      expect(answer.text).not.toContain('Ana');
    }
    const prompts = await send(app, { path: `/api/posts?cursor=${forged}`, token: bruno.token });
    expect(prompts.text).not.toContain('Ana');
  });

  it("should not let anybody listen to, stop or touch another person's answer", async () => {
    const { app, provider, ana, bruno, admin } = scene;
    const words = Array.from({ length: 30 }, (_, at) => `palavra${String(at)} `);
    provider.script({ words, delayMs: 20 });
    const reader = await follow(app, asking(hers.conversation, ana, { prompt: 'Conte' }));
    const { data } = await reader.until('post');
    await reader.until('delta');
    const path = `/api/posts/${String(data['postId'])}`;
    for (const { token } of [bruno, admin]) {
      for (const [method, action] of [
        ['POST', '/stop'],
        ['GET', '/events'],
        ['POST', '/regenerate'],
        ['POST', '/continue'],
        ['GET', ''],
      ] as const) {
        const answer = await send(app, {
          method,
          path: path + action,
          token,
          headers: { accept: 'text/event-stream', 'last-event-id': '0.0' },
        });
        expect({ action, code: errorOf(answer).code }).toEqual({ action, code: 'POST.NOT_FOUND' });
      }
      for (const method of ['DELETE', 'PATCH']) {
        const conversation = `/api/conversations/${String(hers.conversation)}`;
        expect((await send(app, { method, path: conversation, token, body: '{}' })).status).toBe(
          404,
        );
      }
    }
    const anonymous = await send(app, { path: `${path}/events` });
    expect(errorOf(anonymous).code).toBe('AUTH.REQUIRED');
    expect(await reader.text()).toBe(words.join(''));
    expect(reader.events.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
  });

  it('should name runs so that they cannot be guessed', async () => {
    const { app, ana } = scene;
    const reader = await follow(app, asking(hers.conversation, ana, { prompt: 'Conte' }));
    const { data } = await reader.until('post');
    expect(data['runId']).toMatch(/^[0-9a-f]{32}$/);
    await reader.text();
  });

  it("should not join another person's run by its Idempotency-Key", async () => {
    const { app, ana, bruno } = scene;
    const headers = { 'idempotency-key': `chave-${engine}` };
    const body = { prompt: 'A mesma chave' };
    const first = await send(app, { ...asking(hers.conversation, ana, body), headers });
    const second = await send(app, { ...asking(his.conversation, bruno, body), headers });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(jsonOf(second)['id']).not.toBe(jsonOf(first)['id']);
    const foreign = await send(app, { ...asking(hers.conversation, bruno, body), headers });
    expect(foreign.status).toBe(404);
  });

  it("should never show a word of one person's in the other's lists and searches", async () => {
    const { app, provider, ana, bruno, admin } = scene;
    provider.script({ words: ['canarioresposta', ' e ', 'mais.'] });
    const id = await aConversation(app, ana, { title: 'canariotitulo' });
    await aPost(app, ana, id, 'canarioprompt, por favor');
    const canaries = ['canarioprompt', 'canarioresposta', 'canariotitulo', 'canario'];
    const lists = [
      ...['/api/conversations', '/api/posts'].flatMap((path) =>
        canaries.map((word) => `${path}?q=${word}`),
      ),
      '/api/conversations?limit=100',
      '/api/conversations?status=deleted',
      '/api/posts?limit=100',
      '/api/models',
    ];
    for (const { token } of [bruno, admin]) {
      for (const path of lists) {
        const answer = await send(app, { path, token });
        expect({ path, status: answer.status }).toEqual({ path, status: 200 });
        expect(answer.text).not.toMatch(/canario/i);
      }
    }
    // And it is there for the one who wrote it.
    for (const word of canaries) {
      const answer = await send(app, { path: `/api/conversations?q=${word}`, token: ana.token });
      expect(jsonOf<{ items: { id: number }[] }>(answer).items.map((item) => item.id)).toEqual([
        id,
      ]);
    }
  });

  it('should send a model nothing of the other person', async () => {
    const { app, provider, bruno } = scene;
    await aPost(app, bruno, his.conversation, 'O que a Ana perguntou?');
    const { messages } = provider.requests.at(-1) ?? { messages: [] };
    const said = JSON.stringify(messages);
    expect(said).toContain('Pergunta do Bruno');
    expect(said).not.toContain('Pergunta da Ana');
  });
});
