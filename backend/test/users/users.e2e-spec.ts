import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Conversation, countActiveAdministrators, indexEntry, Post, Usage, User } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { UsersRepository } from '../../src/users/users.repository.js';
import {
  aFirstAdministrator,
  ApiClient,
  aPerson,
  PASSWORD,
  type TestPerson,
} from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

describe.each(TEST_ENGINES)('people on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  beforeEach(async () => {
    app = await startTestApp(engine);
    admin = await aFirstAdministrator(app);
  });
  afterEach(() => app.close());

  const path = ({ user }: TestPerson) => `/api/users/${String(user.id)}`;
  const lastAdministrator = { error: { code: 'USER.LAST_ADMINISTRATOR' } };
  const administrators = async () => {
    const { body } = await admin.client.get('/api/users?limit=100');
    return (body['items'] as TestPerson['user'][]).filter(({ role }) => role === 'admin');
  };

  it('should be made with a password they must change', async () => {
    const body = { username: ' Ana ', password: 'senha de chegada', displayName: 'Ana' };
    const made = await admin.client.post('/api/users', body);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(Number),
      username: 'ana',
      displayName: 'Ana',
      role: 'member',
      locale: null,
      mustChangePassword: true,
      suspendedAt: null,
      createdAt: expect.any(String),
    });
    const again = await admin.client.post('/api/users', { ...body, username: 'ANA' });
    expect(again.body).toMatchObject({ error: { code: 'USER.USERNAME_TAKEN' } });
    expect(again.status).toBe(409);
  });

  it('should not be made of what is wrong', async () => {
    const attempts = [
      [{ username: 'ana', password: 'password' }, 422],
      [{ username: 'ana.luiza', password: 'Ana.Luiza' }, 422],
      [{ username: 'a', password: PASSWORD }, 422],
      [{ username: 'ana', password: PASSWORD, role: 'owner' }, 400],
      [{ username: 'ana', password: PASSWORD, id: 7 }, 400],
      [{ username: 'ana' }, 400],
      [{ username: ['ana'], password: PASSWORD }, 400],
    ] as const;
    for (const [body, expected] of attempts) {
      const { status } = await admin.client.post('/api/users', body);
      expect({ body, status }).toEqual({ body, status: expected });
    }
    expect(await app.dataSource.getRepository(User).count()).toBe(1);
  });

  it('should be listed page by page, each once', async () => {
    const users = app.dataSource.getRepository(User);
    const shared = { password: 'x', role: 'member', createdAt: new Date() } as const;
    const rows = Array.from({ length: 24 }, (_, n) =>
      users.create({ ...shared, username: `p${String(n)}`, mustChangePassword: false }),
    );
    await users.save(rows);
    const seen: unknown[] = [];
    let cursor = '';
    for (let page = 0; page < 3; page += 1) {
      const { body } = await admin.client.get(`/api/users?limit=10${cursor}`);
      seen.push(...(body['items'] as { username: string }[]).map(({ username }) => username));
      cursor = `&cursor=${String(body['nextCursor'])}`;
    }
    expect(seen).toEqual(['admin', ...rows.map(({ username }) => username)]);
    expect(cursor).toBe('&cursor=null');
  });

  it('should not be listed by what no page is asked with', async () => {
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'cursor=', 'offset=3']) {
      const { status } = await admin.client.get(`/api/users?${query}`);
      expect({ query, status }).toEqual({ query, status: 400 });
    }
  });

  it('should be the administrators’ business only (S8)', async () => {
    const ana = await aPerson(app, admin, 'ana');
    const calls = (client: ApiClient) =>
      Promise.all([
        client.get('/api/users'),
        client.post('/api/users', { username: 'bia', password: PASSWORD }),
        client.patch(path(admin), { role: 'member' }),
        client.patch(path(ana), { role: 'admin' }),
        client.delete(path(admin)),
      ]);
    for (const answer of await calls(ana.client)) {
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ error: { code: 'AUTH.FORBIDDEN' } });
    }
    for (const answer of await calls(new ApiClient(app.url))) {
      expect(answer.status).toBe(401);
    }
  });

  it('should be missing under what is nobody’s id', async () => {
    for (const id of ['0', '-1', '2147483648', 'abc', '1e3', '99999', '%00', '1;']) {
      for (const { status, body } of [
        await admin.client.patch(`/api/users/${id}`, { role: 'member' }),
        await admin.client.delete(`/api/users/${id}`),
      ]) {
        const missing = { id, status: 404, body: { error: { code: 'USER.NOT_FOUND' } } };
        expect({ id, status, body }).toMatchObject(missing);
      }
    }
  });

  it('should change in everything an administrator may change', async () => {
    const ana = await aPerson(app, admin, 'ana');
    const change = { role: 'admin', displayName: 'Ana', locale: 'en' };
    expect((await admin.client.patch(path(ana), change)).body).toEqual({ ...ana.user, ...change });
    const suspended = await admin.client.patch(path(ana), { suspended: true });
    expect(suspended.body['suspendedAt']).toEqual(expect.any(String));
    expect((await admin.client.patch(path(ana), { suspended: true })).body).toEqual(suspended.body);
    const back = await admin.client.patch(path(ana), { suspended: false });
    expect(back.body).toEqual({ ...ana.user, ...change });
    await ana.client.signIn('ana', PASSWORD);
    expect((await admin.client.patch(path(ana), { username: 'x' })).status).toBe(400);
  });

  it('should never lose the last active administrator', async () => {
    const bia = await aPerson(app, admin, 'bia', 'admin');
    expect((await admin.client.patch(path(bia), { suspended: true })).status).toBe(200);
    for (const change of [{ role: 'member' }, { suspended: true }]) {
      const refused = await admin.client.patch(path(admin), change);
      expect(refused.body).toMatchObject(lastAdministrator);
      expect(refused.status).toBe(409);
    }
    expect((await admin.client.delete(path(admin))).body).toMatchObject(lastAdministrator);
    expect((await admin.client.delete(path(bia))).status).toBe(204);
    expect((await admin.client.get('/api/auth/me')).status).toBe(200);
  });

  it('should keep one administrator when all are removed at once', async () => {
    const users = app.dataSource.getRepository(User);
    const shared = { password: 'x', role: 'admin', createdAt: new Date() } as const;
    const others = await users.save(
      ['bia', 'caio', 'davi', 'eva', 'fabio'].map((username) =>
        users.create({ ...shared, username, mustChangePassword: false }),
      ),
    );
    const repository = app.app.get(UsersRepository);
    const outcomes = await Promise.all(
      [admin.user, ...others].map(({ id }, n) =>
        n % 2 === 0
          ? repository.remove(id, admin.user.id)
          : repository.change(id, { suspended: true }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(5);
    expect(outcomes).toContain('last-administrator');
    expect(await countActiveAdministrators(app.dataSource.manager)).toBe(1);
  });

  it('should take their conversations along, and leave the ledger and everybody else', async () => {
    const ana = await aPerson(app, admin, 'ana');
    const made = await Promise.all([ana, admin].map((person) => conversationOf(app, person)));
    expect((await admin.client.delete(path(ana))).status).toBe(204);
    expect(await ids(app, 'conversation')).toEqual([made[1]?.conversationId]);
    expect(await ids(app, 'posts')).toEqual([made[1]?.postId]);
    expect(await count(app, 'search_text')).toBe(2);
    if (engine === 'sqlite') {
      expect(await count(app, 'search_words')).toBe(2);
    }
    expect(await app.dataSource.getRepository(Usage).count()).toBe(2);
    expect((await admin.client.delete(path(ana))).status).toBe(404);
    expect(await administrators()).toHaveLength(1);
  });
});

async function conversationOf(app: TestApp, { user }: TestPerson) {
  const { manager } = app.dataSource;
  const now = new Date();
  const conversation = await manager.save(
    manager.create(Conversation, {
      status: 'online',
      userId: user.id,
      createdAt: now,
      updatedAt: now,
      titleByPerson: false,
      channel: 'web',
    }),
  );
  const post = await manager.save(
    manager.create(Post, {
      prompt: 'Olá',
      body: 'Oi',
      status: 'done',
      conversationId: conversation.id,
      createdAt: now,
    }),
  );
  const entry = { ownerId: user.id, conversationId: conversation.id, text: 'olá' };
  await indexEntry(manager, { ...entry, postId: null });
  await indexEntry(manager, { ...entry, postId: post.id });
  await manager.insert(Usage, {
    runId: String(user.id),
    userId: user.id,
    username: user.username,
    conversationId: conversation.id,
    postId: post.id,
    purpose: 'answer',
    door: 'web',
    provider: 'test',
    model: 'test',
    estimated: false,
    openedAt: now,
  });
  return { conversationId: conversation.id, postId: post.id };
}

async function ids(app: TestApp, table: string): Promise<number[]> {
  const rows = await app.dataSource.query<{ id: number }[]>(`SELECT id FROM ${table} ORDER BY id`);
  return rows.map(({ id }) => Number(id));
}

async function count(app: TestApp, table: string): Promise<number> {
  const rows = await app.dataSource.query<{ n: number }[]>(`SELECT COUNT(*) AS n FROM ${table}`);
  return Number(rows[0]?.n);
}
