import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conversation, indexEntry, Post } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, ask, askStream, getPost } from '../harness/asking.js';

/** About 35 tokens by our estimate, and no word of a question below. */
const FILLING = 'assim segue a conversa com mais umas tantas palavras que nada dizem, e outras.';
/** Posts of the long branch; a recursive query of MariaDB's ends, without a word, at 1,000. */
const LENGTH = 1200;

describe.each(TEST_ENGINES)('a long branch on %s', (engine) => {
  let app: AnsweringApp;
  let conversation: number;
  let posts: number[];

  /** Puts posts one below the other, as if they had been asked and answered. */
  const aBranch = async (
    turns: readonly (readonly [string, string])[],
    parentId: number | null,
  ) => {
    const ids: number[] = [];
    await app.dataSource.transaction(async (manager) => {
      let parent = parentId;
      for (const [prompt, body] of turns) {
        const { identifiers } = await manager.insert(Post, {
          ...{ conversationId: conversation, parentId: parent, prompt, body, status: 'done' },
          createdAt: new Date(),
        });
        parent = Number(identifiers[0]?.['id']);
        ids.push(parent);
        const entry = { ownerId: app.admin.user.id, conversationId: conversation, postId: parent };
        await indexEntry(manager, { ...entry, text: `${prompt}\n${body}` });
      }
    });
    return ids;
  };

  beforeAll(async () => {
    app = await startAnsweringApp(engine, {
      MODEL_CONTEXT_WINDOW: '2048',
      MAX_OUTPUT_TOKENS: '256',
    });
    conversation = await aConversation(app.client);
    const turns: [string, string][] = Array.from(
      { length: LENGTH },
      (_, n) => [`Pergunta ${String(n)}.`, FILLING] as const,
    );
    turns[40] = ['Quanto custa o telhado novo?', 'O orçamento do telhado ficou em nove mil reais.'];
    turns[50] = ['Guarda isto?', 'O código do portão é girassol.'];
    posts = await aBranch(turns, null);
    await app.dataSource
      .getRepository(Conversation)
      .update({ id: conversation }, { leafPostId: posts.at(-1) ?? null });
    await aBranch(
      [['Num outro ramo?', 'O orçamento do telhado é segredo daqui.']],
      posts[30] ?? null,
    );
  });
  afterAll(() => app.close());

  const path = () => `/api/conversations/${String(conversation)}`;
  const context = async (body: object) => (await app.client.post(`${path()}/context`, body)).body;
  const sent = () => (app.provider.requests.at(-1)?.messages ?? []).map(({ content }) => content);
  const all = () => sent().join('\n');
  const asked = async (prompt: string) => {
    const stream = await askStream(app.client, conversation, { prompt });
    const { data } = await stream.untilType('context');
    const frames = await stream.all();
    return { data, postId: Number(frames[0]?.data['postId']) };
  };

  it('should send what was said a thousand posts ago, where the question is about that', async () => {
    const prompt = 'E o orçamento do telhado, qual era?';
    const preview = await context({ prompt });
    const { data } = await asked(prompt);
    expect(data).toEqual(preview);
    expect(data['kept']).toEqual([{ postId: posts[40], reason: 'relevant' }]);
    expect(all()).toContain('O orçamento do telhado ficou em nove mil reais.');
    expect(all()).not.toContain('segredo');
    expect(sent()[0]).toMatch(/\d+ earlier messages are left out/);
    expect(all()).toMatch(/\[… \d+ earlier messages left out here …\]/);
    expect(Number(data['used']) + Number(data['reserved'])).toBeLessThanOrEqual(2048);
    expect(Number(data['leftOlder']) + (data['left'] as unknown[]).length).toBeGreaterThan(
      LENGTH - 40,
    );
    expect((data['left'] as unknown[]).length).toBe(200);
  });

  it('should keep an older turn that was chosen, whatever the next question is about', async () => {
    const { data, postId } = await asked('say: entendi');
    expect(data['kept']).toEqual([{ postId: posts[40], reason: 'relevant' }]);
    expect(all()).toContain('nove mil reais');
    const { keptIds } = await app.dataSource.getRepository(Post).findOneByOrFail({ id: postId });
    expect(keptIds).toBe(String(posts[40]));
  });

  it('should send an old pinned post, and say why', async () => {
    await app.client.put(`/api/posts/${String(posts[50])}/pin`, { pinned: true });
    const { data } = await asked('say: certo');
    expect(data['kept']).toEqual([
      { postId: posts[40], reason: 'relevant' },
      { postId: posts[50], reason: 'pinned' },
    ]);
    const texts = sent();
    expect(texts.indexOf('O código do portão é girassol.')).toBeGreaterThan(
      texts.findIndex((text) => text.includes('nove mil reais')),
    );
  });

  it('should send nothing up to a fresh start but what is pinned, and say so', async () => {
    const leaf = Number((await app.client.get(path())).body['leafPostId']);
    const on = { on: true };
    expect((await app.client.put(`/api/posts/${String(leaf)}/fresh-start`, on)).status).toBe(204);
    expect((await getPost(app.client, leaf)).freshStartAt).not.toBeNull();
    const { data } = await asked('E o orçamento do telhado?');
    expect(data).toMatchObject({ begins: null, kept: [{ postId: posts[50], reason: 'pinned' }] });
    const reasons = (data['left'] as { reason: string }[]).map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set(['freshStart']));
    expect(sent().slice(1)).toEqual([
      'Guarda isto?',
      'O código do portão é girassol.',
      'E o orçamento do telhado?',
    ]);
    await app.client.put(`/api/posts/${String(leaf)}/fresh-start`, { on: false });
    await app.client.put(`/api/posts/${String(posts[50])}/pin`, { pinned: false });
    expect((await context({ prompt: 'E o orçamento do telhado?' }))['kept']).toContainEqual({
      postId: posts[40],
      reason: 'relevant',
    });
  });

  it('should say how much too long a question is before it is asked', async () => {
    const prompt = 'palavras '.repeat(2000);
    const { excess, left } = await context({ prompt });
    const refused = await ask(app.client, conversation, { prompt });
    expect(refused.status).toBe(413);
    expect(refused.body['error']).toMatchObject({ details: { excess } });
    expect(left).toHaveLength(200);
    const anew = await app.client.post('/api/context', { prompt });
    expect(anew.body).toMatchObject({ excess, begins: null, left: [], kept: [], summary: null });
  });
});
