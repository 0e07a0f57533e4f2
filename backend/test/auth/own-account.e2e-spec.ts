import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { User } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import {
  aFirstAdministrator,
  ApiClient,
  aPerson,
  PASSWORD,
  type TestPerson,
} from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

describe.each(TEST_ENGINES)('one’s own account on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  let ana: TestPerson;
  let people = 0;
  beforeAll(async () => {
    app = await startTestApp(engine);
    admin = await aFirstAdministrator(app);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    people += 1;
    ana = await aPerson(app, admin, `ana-${String(people)}`);
  });

  const change = (body: unknown) => ana.client.patch('/api/auth/me', body);
  const row = () =>
    app.dataSource
      .getRepository(User)
      .createQueryBuilder('user')
      .addSelect('user.password')
      .where({ id: ana.user.id })
      .getOneOrFail();

  it('should take a name and a language', async () => {
    const account = { ...ana.user, instructions: null };
    const changed = { ...account, displayName: 'Ana Luíza', locale: 'en' };
    expect((await change({ displayName: ' Ana Luíza ', locale: 'en' })).body).toEqual(changed);
    expect((await ana.client.get('/api/auth/me')).body).toEqual(changed);
    expect((await change({ displayName: null })).body).toEqual({ ...changed, displayName: null });
    expect((await change({})).status).toBe(200);
  });

  it.each([
    { role: 'admin' },
    { id: 1 },
    { username: 'admin' },
    { emailVerified: true },
    { passwordHash: 'x' },
    { password: 'x' },
    { quota: 1 },
    { mustChangePassword: false },
    { suspendedAt: null },
    { displayName: 'x', createdAt: '2020-01-01' },
    { displayName: '' },
    { displayName: 'x'.repeat(121) },
    { locale: 'fr' },
    { newPassword: 'without the current one' },
    { currentPassword: PASSWORD },
  ])('should refuse %j and change nothing (S11)', async (body) => {
    const before = await row();
    const answer = await change(body);
    expect(answer.body).toMatchObject({ error: { code: 'REQUEST.INVALID' } });
    expect(answer.status).toBe(400);
    expect(await row()).toEqual(before);
  });

  it.each([
    '{"__proto__":{"role":"admin","polluted":true}}',
    '{"displayName":"x","__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"displayName":{"__proto__":{"polluted":true}}}',
  ])('should refuse %s and stay unpolluted (S12)', async (body) => {
    const before = await row();
    expect((await change(body)).status).toBe(400);
    const query = '?__proto__[polluted]=1&constructor[prototype][polluted]=1';
    expect((await admin.client.get(`/api/users${query}`)).status).toBe(400);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(await row()).toEqual(before);
  });

  it.each([
    ['1234567', 'USER.PASSWORD_TOO_SHORT'],
    ['a'.repeat(257), 'USER.PASSWORD_TOO_LONG'],
    ['1q2w3e4r', 'USER.PASSWORD_TOO_COMMON'],
    ['Flamengo', 'USER.PASSWORD_TOO_COMMON'],
    [PASSWORD, 'USER.PASSWORD_UNCHANGED'],
  ])('should refuse %j as a new password (S23)', async (newPassword, code) => {
    const answer = await change({ currentPassword: PASSWORD, newPassword });
    expect(answer.body).toMatchObject({ error: { code } });
    expect(answer.status).toBe(422);
  });

  it.each(['cavalo amarelo', 'só letras minúsculas', '1029384756102938', 'x'.repeat(256)])(
    'should accept %j: no rules on which characters (S23)',
    async (newPassword) => {
      expect((await change({ currentPassword: PASSWORD, newPassword })).status).toBe(200);
      const client = new ApiClient(app.url);
      await client.signIn(ana.user.username, newPassword);
    },
  );

  it('should change the password only by the current one, and slow guessing down', async () => {
    const guess = { currentPassword: 'a wrong guess', newPassword: 'outra senha bem longa' };
    for (let n = 0; n < 10; n += 1) {
      expect((await change(guess)).body).toMatchObject({ error: { code: 'AUTH.WRONG_PASSWORD' } });
    }
    const refused = await change({ ...guess, currentPassword: PASSWORD });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('should open nothing else before a reset password is changed', async () => {
    const reset = { password: 'uma senha provisoria' };
    await admin.client.patch(`/api/users/${String(ana.user.id)}`, reset);
    const client = new ApiClient(app.url);
    const user = await client.signIn(ana.user.username, reset.password);
    expect(user.mustChangePassword).toBe(true);
    const refused = await client.get('/api/users');
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ error: { code: 'AUTH.PASSWORD_CHANGE_REQUIRED' } });
    expect((await client.get('/api/auth/me')).status).toBe(200);
    client.keep(await client.post('/api/auth/refresh'), 200);
    const chosen = { currentPassword: reset.password, newPassword: 'agora a minha senha' };
    expect((await client.patch('/api/auth/me', chosen)).body).toMatchObject({
      mustChangePassword: false,
    });
    expect((await client.get('/api/users')).body).toMatchObject({
      error: { code: 'AUTH.FORBIDDEN' },
    });
    expect((await client.post('/api/auth/logout')).status).toBe(204);
  });

  it('should let two changes of the password at once succeed only once', async () => {
    const answers = await Promise.all(
      ['primeira escolha longa', 'segunda escolha longa'].map((newPassword) =>
        change({ currentPassword: PASSWORD, newPassword }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });
});
