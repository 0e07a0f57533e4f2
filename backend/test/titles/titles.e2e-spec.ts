import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aConversation, asked, askStream } from '../harness/asking.js';
import { eventually } from '../tracing/traced-app.js';
import { LONG_ANSWER, startTitledApp, type TitledApp, TITLER } from './titled-app.js';

const PROMPT = 'say: Abra as configurações e escolha Senha.';

describe('a title that a model writes', () => {
  let app: TitledApp;

  beforeAll(async () => {
    app = await startTitledApp();
  });
  afterAll(() => app.close());

  it('should come before the end of the first answer, and be in the ledger', async () => {
    app.play({ title: { words: ['Troca ', 'de ', 'senha'] } });
    const conversation = await aConversation(app.client);
    const stream = await askStream(app.client, conversation, { prompt: PROMPT });
    const frames = await stream.all();
    expect(stream.types).toEqual(['post', 'route', 'context', 'delta', 'title', 'usage', 'done']);
    expect(frames.at(-3)?.data).toEqual({ title: 'Troca de senha' });
    expect(await app.titleOf(conversation)).toBe('Troca de senha');
    const [row, title] = await app.rowsOf(Number(frames[0]?.data['postId']));
    expect(row).toMatchObject({ purpose: 'answer', outcome: 'done', model: 'openai/fake-chat' });
    expect(title).toMatchObject({
      purpose: 'title',
      outcome: 'done',
      model: TITLER,
      estimated: false,
      completionTokens: 3,
      conversationId: conversation,
      userId: app.admin.user.id,
      door: 'web',
      runId: row?.runId,
      closedAt: expect.any(Date),
    });
    expect(title?.promptTokens).toBeGreaterThan(20);
  });

  it('should be asked for with prompt and answer as data, in the language of the screen', async () => {
    app.play({ title: { words: ['Senha'] } });
    await asked(app.client, await aConversation(app.client), PROMPT);
    const [request] = app.titleRequests();
    const [system, user] = request?.messages ?? [];
    expect(system?.content).toContain('in Brazilian Portuguese');
    expect(user?.content).toContain(`<message>\n${PROMPT}\n</message>`);
    expect(user?.content).toContain('<answer>\nAbra as configurações e escolha Senha.\n</answer>');
    expect(request?.body['max_tokens'] ?? request?.body['max_completion_tokens']).toBe(64);
  });

  it('should be asked for while the answer goes on', async () => {
    const end = Promise.withResolvers<void>();
    app.play({
      answer: { words: LONG_ANSWER, endsAfter: end.promise },
      title: { words: ['Palavras'] },
    });
    const conversation = await aConversation(app.client);
    const stream = await askStream(app.client, conversation, { prompt: 'conte' });
    await eventually(() => app.titleRequests().length === 1);
    expect(stream.types).not.toContain('done');
    expect(await app.titleOf(conversation)).toBeNull();
    end.resolve();
    await stream.all();
    expect(await app.titleOf(conversation)).toBe('Palavras');
    expect(app.titleRequests()).toHaveLength(1);
  });

  it('should never take the place of what a person typed meanwhile', async () => {
    const end = Promise.withResolvers<void>();
    app.play({
      answer: { words: LONG_ANSWER, endsAfter: end.promise },
      title: { words: ['Palavras'] },
    });
    const conversation = await aConversation(app.client);
    const stream = await askStream(app.client, conversation, { prompt: 'conte' });
    await eventually(() => app.titleRequests().length === 1);
    await app.client.patch(`/api/conversations/${String(conversation)}`, { title: 'O meu' });
    end.resolve();
    await stream.all();
    expect(stream.types).not.toContain('title');
    expect(await app.titleOf(conversation)).toBe('O meu');
  });

  it('should be written once, for the first answer', async () => {
    app.play({ title: { words: ['Primeiro'] } });
    const conversation = await aConversation(app.client);
    const { id } = await asked(app.client, conversation, 'say: um');
    await asked(app.client, conversation, 'say: dois');
    await asked(app.client, conversation, 'say: três', { parentId: null });
    await app.client.post(`/api/posts/${String(id)}/regenerate`);
    expect(app.titleRequests()).toHaveLength(1);
    expect(await app.titleOf(conversation)).toBe('Primeiro');
  });

  it('should be made up for when the first answer is made anew', async () => {
    app.play({ title: { status: 500 } });
    const conversation = await aConversation(app.client);
    const { id } = await asked(app.client, conversation, 'say: um');
    expect(await app.titleOf(conversation)).toBe('say: um');
    app.play({ title: { words: ['Contagem'] } });
    await app.client.post(`/api/posts/${String(id)}/regenerate`);
    expect(await app.titleOf(conversation)).toBe('Contagem');
    // Found by its new title, and no more by its old one.
    const found = async (word: string) =>
      (await app.client.get(`/api/conversations?q=${word}`)).body['items'] as { id: number }[];
    expect((await found('contagem')).map((item) => item.id)).toContain(conversation);
  });

  it.each([
    ['that a person titled', { title: 'O meu' }, {}],
    ['that quotes answers', {}, { model: 'quotes' }],
  ])('should not be asked for in a conversation %s', async (_, wish, more) => {
    app.play({ title: { words: ['Nenhum'] } });
    await asked(app.client, await aConversation(app.client, wish), 'say: um', more);
    expect(app.titleRequests()).toEqual([]);
  });

  it('should not be asked for at a door whose conversations nobody lists', async () => {
    app.play({ title: { words: ['Nenhum'] } });
    const { status } = await app.client.post('/chat/', { question: 'say: um' });
    expect(status).toBe(200);
    expect(app.titleRequests()).toEqual([]);
  });

  it('should not be asked for where there is no answer', async () => {
    app.play({ answer: { status: 400 }, title: { status: 400 } });
    const conversation = await aConversation(app.client);
    const post = await asked(app.client, conversation, 'Conta algo?');
    expect(post.status).toBe('failed');
    expect(await app.titleOf(conversation)).toBe('Conta algo?');
    // The one request is the answer's: the other model may take over.
    expect(app.titleRequests()).toHaveLength(1);
    const purposes = (await app.rowsOf(post.id)).map(({ purpose }) => purpose);
    expect(purposes).toEqual(['answer', 'answer']);
  });
});
