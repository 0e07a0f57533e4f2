import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Conversation } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import type { ConversationView } from '../../src/conversations/conversations.schema.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { aPerson, type ApiAnswer, type ApiClient } from '../harness/api-client.js';
import { branchOf, expectPost, openStream } from '../harness/asking.js';

const PATH = '/api/posts';

describe.each(TEST_ENGINES)('asking in a new conversation on %s', (engine) => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp(engine, { RUNS_PER_PERSON: '1' });
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.provider.script({});
  });

  const askAnew = (
    client: ApiClient,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer> => client.post(PATH, body, { headers });
  const conversationsOf = (userId: number) =>
    app.dataSource.getRepository(Conversation).findBy({ userId });
  const code = ({ status, body }: ApiAnswer) => ({
    status,
    code: (body as { error?: { code?: string } }).error?.code,
  });

  it('should make the conversation with its first post, its model and its title', async () => {
    const { client } = await aPerson(app, app.admin, 'ana');
    const post = expectPost(await askAnew(client, { prompt: 'say: oi', model: MODEL }));
    expect(post).toMatchObject({ parentId: null, status: 'done', body: 'oi', model: MODEL });
    const { body } = await client.get(`/api/conversations/${String(post.conversationId)}`);
    expect(body as ConversationView).toMatchObject({
      model: MODEL,
      leafPostId: post.id,
      title: 'say: oi',
    });
    const listed = (await client.get('/api/conversations')).body as { items: ConversationView[] };
    expect(listed.items.map(({ id }) => id)).toEqual([post.conversationId]);
    expect(await branchOf(client, post.conversationId)).toHaveLength(1);
  });

  it('should join the same run and conversation after a lost response', async () => {
    const { client, user } = await aPerson(app, app.admin, 'bia');
    const body = { prompt: 'say: uma resposta que se perdeu' };
    const headers = { 'idempotency-key': 'lost-anew' };
    const lost = await openStream(client, PATH, { method: 'POST', body, headers });
    await lost.untilType('post');
    await lost.leave();
    const again = expectPost(await askAnew(client, body, headers));
    expect(again.id).toBe(lost.frames[0]?.data['postId']);
    expect(await conversationsOf(user.id)).toHaveLength(1);
    const other = await askAnew(client, { ...body, model: MODEL }, headers);
    expect(code(other)).toEqual({ status: 422, code: 'RUN.KEY_REUSED' });
  });

  it('should leave no conversation behind whatever refuses the prompt', async () => {
    const { client, user } = await aPerson(app, app.admin, 'caio');
    const refused = [
      await askAnew(client, { prompt: '' }),
      await askAnew(client, { prompt: 'fala algo', parentId: null }),
      await askAnew(client, { prompt: 'fala algo', model: 'openai/nobody' }),
      await askAnew(client, { prompt: 'a'.repeat(200_001) }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 413]);
    expect(await conversationsOf(user.id)).toEqual([]);

    app.provider.script({ silent: true });
    const body = { prompt: 'a primeira' };
    const open = await openStream(client, PATH, { method: 'POST', body });
    await open.untilType('context');
    const headers = { 'idempotency-key': 'too-many-anew' };
    const second = { prompt: 'say: a segunda' };
    expect(code(await askAnew(client, second, headers))).toEqual({
      status: 429,
      code: 'RUN.TOO_MANY',
    });
    expect(await conversationsOf(user.id)).toHaveLength(1);
    await client.post(`/api/posts/${String(open.frames[0]?.data['postId'])}/stop`);
    app.provider.script({});
    expect(expectPost(await askAnew(client, second, headers)).body).toBe('a segunda');
    expect(await conversationsOf(user.id)).toHaveLength(2);
  });
});
