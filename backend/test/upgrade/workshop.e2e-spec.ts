import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { dumpOf, fillWorkshop, onDatabase } from '../../../db/test/workshop-database.js';
import type { PostView } from '../../src/posts/posts.schema.js';
import { aFirstAdministrator, ApiClient, type TestPerson } from '../harness/api-client.js';
import { branchOf, conversationsOf } from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';

const ENGINES = TEST_ENGINES.filter((engine) => engine === 'mariadb');

const LONG = `${'Uma pergunta comprida. '.repeat(2700)}fim`;

const USERS = [
  [1, 'ana', '123', '2023-05-01 12:00:00'],
  [2, 'Ana', 'segredo-da-ana-dois', '2023-05-02 12:00:00'],
  [3, 'ana', 'terceira ana', '2023-05-03 12:00:00'],
  [4, 'João Silva', 'çãõ ', '2023-05-04 12:00:00'],
  [5, 'joão silva', 'outro joão', '2023-05-05 12:00:00'],
  [6, null, 'sem nome', '2023-05-06 12:00:00'],
  [7, 'sem-senha', null, '2023-05-07 12:00:00'],
  [8, 'de-outro', '$2b$12$C6UzMDM.H6dfI/f/IKcEeO7Zcbq9aIXHsD6sJ5WYyQOIVkRyJCTTu', null],
  [9, '日本', '五文字の鍵', '2023-05-09 12:00:00'],
  [12, '<script>alert(1)</script>\u001B[31m', 'x', '2023-05-10 12:00:00'],
];

const CONVERSATIONS = [
  [10, 'online', 1, '2023-06-01 10:00:00'],
  [11, 'deleted', 1, '2023-06-02 10:00:00'],
  [12, 'online', 4, null],
  [13, 'online', null, '2023-06-03 10:00:00'],
  [14, null, 2, '2023-06-04 10:00:00'],
  [15, 'online', 1, '2023-06-05 10:00:00'],
];

const POSTS = [
  [100, '# Como faço **pão de queijo**?', 'Com polvilho azedo 🧀.', 10, '2023-06-01 10:00:01'],
  [103, 'E sem queijo?', null, 10, '2023-06-01 10:00:03'],
  [101, 'De outra conversa', 'Sim.', 11, '2023-06-02 10:00:01'],
  [102, 'E com goiabada?', 'Fica ótimo.', 10, '2023-06-01 10:00:02'],
  [104, null, 'Resposta sem pergunta', 12, null],
  [105, LONG, 'Resposta à pergunta comprida', 12, '2023-07-01 00:00:00'],
  [106, 'Pergunta de ninguém', 'Resposta de ninguém', 13, '2023-06-03 10:00:01'],
  [107, 'Pergunta solta', 'Resposta solta', null, '2023-06-03 10:00:01'],
];

const PASSWORDS = USERS.map(([, , password]) => password).filter(
  (password): password is string => typeof password === 'string' && password.length > 4,
);

describe.each(ENGINES)('a database of the workshop on %s', (engine) => {
  let place: Place;
  let server: ChildServer;
  let ana: ApiClient;
  const url = () => ({ url: String(place.settings['DATABASE_URL']) });
  const signedIn = async (name: string, password: string) => {
    const client = new ApiClient(server.url);
    await client.signIn(name, password);
    return client;
  };

  beforeAll(async () => {
    place = await aPlace(engine, { LLM_MODELS: 'quotes' });
    await fillWorkshop(url(), { users: USERS, conversation: CONVERSATIONS, posts: POSTS });
    server = await startChildServer(place.settings);
    ana = await signedIn('ana', '123');
  }, 60_000);
  afterAll(async () => {
    await server.end('SIGKILL');
    await place.drop();
  });

  it('should still let people in with the password they had, however short', async () => {
    expect(await ana.get('/api/auth/me')).toMatchObject({
      status: 200,
      body: { id: 1, username: 'ana', role: 'member', mustChangePassword: false },
    });
    const joao = await signedIn('JOAO.silva', 'çãõ ');
    expect((await joao.get('/api/auth/me')).body).toMatchObject({
      displayName: 'João Silva',
      createdAt: '2023-05-04T12:00:00.000Z',
    });
    await signedIn('user-9', '五文字の鍵');
  });

  it('should ask a new password to keep the policy', async () => {
    const change = { currentPassword: '123', newPassword: '1234' };
    expect((await ana.patch('/api/auth/me', change)).body).toMatchObject({
      error: { code: 'USER.PASSWORD_TOO_SHORT' },
    });
  });

  it('should list whose name changed, without what a terminal obeys', () => {
    expect(server.printed).toContain(
      [
        'People who sign in with another name from now on (7):',
        '  "Ana" -> ana-2 (id 2)',
        '  "ana" -> ana-3 (id 3)',
        '  "João Silva" -> joao.silva (id 4)',
        '  "joão silva" -> joao.silva-2 (id 5)',
        '  null -> user-6 (id 6)',
        '  "日本" -> user-9 (id 9)',
        '  "<script>alert(1)</script>\\u001b[31m" -> script.alert.1.script.31m (id 12)',
        'People who need a new password from an administrator (2):',
        '  sem-senha (id 7): had no password',
        '  de-outro (id 8): the password was a hash of another program',
      ].join('\n'),
    );
    expect(server.printed).toContain('10 of 10 passwords hashed');
  });

  it('should let nobody in with a hash of another program', async () => {
    const client = new ApiClient(server.url);
    const [, username, password] = USERS[7] ?? [];
    expect((await client.post('/api/auth/login', { username, password })).status).toBe(401);
  });

  it('should show the conversations as they were, titled and in the order of their last post', async () => {
    expect(await conversationsOf(ana)).toMatchObject([
      { id: 15, title: null, leafPostId: null, updatedAt: '2023-06-05T10:00:00.000Z' },
      {
        id: 10,
        title: 'Como faço **pão de queijo**?',
        leafPostId: 103,
        createdAt: '2023-06-01T10:00:00.000Z',
        updatedAt: '2023-06-01T10:00:03.000Z',
      },
    ]);
    expect(await conversationsOf(ana, 'status=deleted')).toMatchObject([
      { id: 11, title: 'De outra conversa', leafPostId: 101 },
    ]);
    expect(await conversationsOf(await signedIn('ana-2', 'segredo-da-ana-dois'))).toMatchObject([
      { id: 14, status: 'online' },
    ]);
  });

  it('should chain the posts of a conversation by their ids', async () => {
    expect(await branchOf(ana, 10)).toMatchObject([
      { id: 103, parentId: 102, status: 'interrupted', body: '' },
      { id: 102, parentId: 100, status: 'done', body: 'Fica ótimo.', siblings: { ids: [102] } },
      { id: 100, parentId: null, status: 'done', body: 'Com polvilho azedo 🧀.' },
    ]);
  });

  it('should take over what is long, empty or without a time', async () => {
    const joao = await signedIn('joao.silva', 'çãõ ');
    expect(await conversationsOf(joao)).toMatchObject([
      { id: 12, title: expect.stringMatching(/^Uma pergunta comprida\. .*…$/), leafPostId: 105 },
    ]);
    const [long, short] = (await branchOf(joao, 12)) as [PostView, PostView];
    expect(long.prompt).toBe(LONG);
    expect(short).toMatchObject({ prompt: '', createdAt: '2023-05-01T12:00:00.000Z' });
  });

  it('should find old texts and titles, each for its owner alone', async () => {
    const found = async (client: ApiClient, words: string) =>
      (await conversationsOf(client, `q=${encodeURIComponent(words)}`)).map(({ id }) => id);
    expect(await found(ana, 'polvilho')).toEqual([10]);
    expect(await found(ana, 'PAO queij')).toEqual([10]);
    expect(await found(ana, 'comprida')).toEqual([]);
    expect(await found(await signedIn('joao.silva', 'çãõ '), 'comprida')).toEqual([12]);
  });

  it('should let an old conversation go on', async () => {
    const answer = await ana.post('/api/conversations/10/posts', { prompt: 'E assado?' });
    expect(answer).toMatchObject({ status: 201, body: { parentId: 103, status: 'done' } });
    const regenerated = await ana.post('/api/posts/103/regenerate');
    expect(regenerated).toMatchObject({ status: 201, body: { parentId: 102, status: 'done' } });
  });

  it('should keep what belongs to nobody, with the reason', async () => {
    const {
      kept_conversation: conversations,
      kept_posts: posts,
      kept_users: users,
    } = await dumpOf(url());
    expect(conversations?.rows).toMatchObject([
      { id: 13, user_id: null, reason: 'belongs to nobody' },
      { id: 14, status: null, reason: 'its status became online' },
    ]);
    expect(posts?.rows).toMatchObject([
      { id: 106, prompt: 'Pergunta de ninguém', body: 'Resposta de ninguém' },
      { id: 107, prompt: 'Pergunta solta', conversation_id: null },
    ]);
    expect(users?.rows.map(({ id, reason }) => [id, reason])).toContainEqual([
      7,
      'needs a new password: had no password',
    ]);
    expect(server.printed).toMatch(/2 rows of posts are kept in kept_posts/);
  });

  it('should leave no password that can be read, in any table', async () => {
    const everything = JSON.stringify(await dumpOf(url()));
    expect(everything).toContain('polvilho');
    for (const password of PASSWORDS) {
      expect(everything).not.toContain(JSON.stringify(password).slice(1, -1));
      expect(server.printed).not.toContain(password);
    }
    const names = Object.keys(await dumpOf(url()));
    expect(names.filter((name) => name.startsWith('workshop_'))).toEqual([]);
  });

  it('should be set up by making an administrator, who then helps the others', async () => {
    expect((await new ApiClient(server.url).get('/api/setup')).body).toMatchObject({
      needed: true,
    });
    const setup = { username: 'ana', password: 'um cavalo amarelo no telhado' };
    expect((await new ApiClient(server.url).post('/api/setup', setup)).body).toMatchObject({
      error: { code: 'USER.USERNAME_TAKEN' },
    });
    const admin: TestPerson = await aFirstAdministrator(server);
    const password = 'uma senha nova para você';
    expect((await admin.client.patch('/api/users/7', { password })).status).toBe(200);
    await signedIn('sem-senha', password);
    expect((await admin.client.patch('/api/users/1', { role: 'admin' })).status).toBe(200);
  });

  it('should start again as usual, and say nothing of it', async () => {
    await server.end('SIGTERM');
    server = await startChildServer(place.settings);
    expect(server.printed).not.toMatch(/ml-end2end|hashed/);
    await signedIn('ana', '123');
    await onDatabase(url(), async (connection) => {
      const [row] = await connection.query<{ n: number }[]>('SELECT COUNT(*) AS n FROM users');
      expect(row?.n).toBe(USERS.length + 1);
    });
  });
});
