import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { ApiClient, aPerson } from '../harness/api-client.js';
import { conversationsOf, getPost } from '../harness/asking.js';
import { errorOf, jsonOf, send, type WireAnswer } from '../security/wire.js';

const SERVICE_TOKEN = 'service-token-of-the-tests-0123456789';

describe.each(TEST_ENGINES)('POST /chat/ on %s', (engine) => {
  let app: AnsweringApp;
  let service: ApiClient;

  beforeAll(async () => {
    app = await startAnsweringApp(engine, { SERVICE_TOKEN });
    service = new ApiClient(app.url);
    service.token = SERVICE_TOKEN;
  });
  afterAll(() => app.close());

  const chat = (
    body: unknown,
    { path = '/chat/', token = SERVICE_TOKEN, headers = {} } = {},
  ): Promise<WireAnswer> =>
    send(app, { method: 'POST', path, token, headers, body: JSON.stringify(body) });

  const rows = async (table: string) =>
    (await app.dataSource.query<unknown[]>(`SELECT * FROM ${table}`)).length;

  it.each(['/chat/', '/chat', '/chat/?lang=en'])('should answer at %s', async (path) => {
    app.provider.script({ words: ['Um ', 'serviço.'] });
    const answer = await chat({ question: 'What is AWS EC2?' }, { path });
    expect(answer.status).toBe(200);
    expect(jsonOf(answer)).toEqual({ answer: 'Um serviço.', model: MODEL });
  });

  it('should keep the conversation, outside of the history', async () => {
    const { client } = await aPerson(app, app.admin, 'ana');
    app.provider.script({ words: ['Guardada.'] });
    await chat({ question: 'Pergunta de um script?' }, { token: String(client.token) });
    expect(await conversationsOf(client)).toEqual([]);
    expect(await conversationsOf(client, 'q=script')).toEqual([]);
    const [kept, ...others] = await conversationsOf(client, 'channel=simple');
    expect(kept).toMatchObject({ title: 'Pergunta de um script?', status: 'online' });
    expect(others).toEqual([]);
    expect(await conversationsOf(client, 'channel=simple&q=guardada')).toHaveLength(1);
    const id = String(kept?.id);
    expect((await client.delete(`/api/conversations/${id}`)).status).toBe(204);
    expect(await conversationsOf(client, 'channel=simple')).toEqual([]);
    expect(await conversationsOf(client, 'status=deleted')).toHaveLength(1);
    expect((await service.get(`/api/conversations/${id}`)).status).toBe(404);
  });

  it('should go on in no earlier conversation: each question is one of its own', async () => {
    app.provider.script({ words: ['Sim.'] });
    const before = await conversationsOf(service, 'channel=simple&limit=100');
    await chat({ question: 'Uma?' });
    await chat({ question: 'Outra?' });
    const after = await conversationsOf(service, 'channel=simple&limit=100');
    expect(after).toHaveLength(before.length + 2);
    expect(JSON.stringify(app.provider.requests.at(-1)?.body)).not.toContain('Uma?');
  });

  it('should answer the same key with the same answer, and another question with 422', async () => {
    app.provider.script({ words: ['Uma vez.'] });
    const headers = { 'idempotency-key': 'k-1' };
    const asked = app.provider.requests.length;
    const all = await Promise.all(
      [1, 2, 3].map(() => chat({ question: 'Quantas vezes?' }, { headers })),
    );
    const answers = [...all, await chat({ question: 'Quantas vezes?' }, { headers })];
    expect(answers.map(({ status, text }) => [status, text])).toEqual(
      answers.map(() => [200, JSON.stringify({ answer: 'Uma vez.', model: MODEL })]),
    );
    expect(app.provider.requests.length).toBe(asked + 1);
    const other = await chat({ question: 'Outra coisa?' }, { headers });
    expect([other.status, errorOf(other).code]).toEqual([422, 'RUN.KEY_REUSED']);
  });

  it('should store nothing of what it refuses', async () => {
    const before = [await rows('conversation'), await rows('posts')];
    const refused = [
      await chat({ question: '' }),
      await chat({ question: 'a'.repeat(200_001) }),
      await chat({ question: 'Fala algo', model: 'x' }),
      await chat({}),
      await chat({ question: 'Fala algo' }, { headers: { 'idempotency-key': 'a b' } }),
    ];
    expect(refused.map((answer) => [answer.status, errorOf(answer).code])).toEqual([
      [400, 'POST.PROMPT_EMPTY'],
      [413, 'POST.PROMPT_TOO_LONG'],
      [400, 'REQUEST.INVALID'],
      [400, 'REQUEST.INVALID'],
      [400, 'RUN.KEY_INVALID'],
    ]);
    expect([await rows('conversation'), await rows('posts')]).toEqual(before);
  });

  it('should say why there is no answer, and keep the question', async () => {
    app.provider.script({ status: 401, body: '{"error":{"message":"no"}}' });
    const answer = await chat({ question: 'Fica guardada?' });
    expect([answer.status, errorOf(answer).code]).toEqual([502, 'MODEL.UNAUTHORIZED']);
    const post = await getPost(service, Number(errorOf(answer).details?.['postId']));
    expect(post).toMatchObject({ prompt: 'Fica guardada?', status: 'failed' });
  });

  it('should say so when only half of the answer came, and keep that', async () => {
    app.provider.script({ words: ['Meia ', 'resposta'], dieAfter: 1 });
    const answer = await chat({ question: 'Inteira?' });
    expect(answer.status).toBe(502);
    const post = await getPost(service, Number(errorOf(answer).details?.['postId']));
    expect(post).toMatchObject({ status: 'interrupted', body: 'Meia ' });
  });
});

describe('a history under many questions of programs', () => {
  it('should be read by its index alone, without looking at what it leaves out', async () => {
    const app = await startAnsweringApp();
    const plan = await app.dataSource.query<{ detail: string }[]>(
      `EXPLAIN QUERY PLAN SELECT id FROM conversation
       WHERE user_id = 1 AND status = 'online' AND channel = 'web' AND pinned_at IS NULL
       ORDER BY updated_at DESC, id DESC LIMIT 31`,
    );
    const [{ detail } = { detail: '' }, ...sorting] = plan;
    expect(detail).toMatch(
      /IDX_conversation_channel \(user_id=\? AND status=\? AND channel=\? AND pinned_at=\?\)/,
    );
    expect(sorting).toEqual([]);
    await app.close();
  });
});
