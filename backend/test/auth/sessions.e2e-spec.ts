import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RefreshToken, Session } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import {
  aFirstAdministrator,
  ApiClient,
  aPerson,
  PASSWORD,
  type TestPerson,
} from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const COOKIE = 'prosa_refresh';

describe.each(TEST_ENGINES)('sessions on %s', (engine) => {
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

  const secondDevice = async () => {
    const client = new ApiClient(app.url);
    await client.signIn(ana.user.username, PASSWORD);
    return client;
  };
  const status = async (client: ApiClient) => (await client.get('/api/auth/me')).status;
  /** A client that has nothing but this refresh token. */
  const holding = (token: string | undefined) => {
    const client = new ApiClient(app.url);
    client.cookies.set(COOKIE, token ?? '');
    return client;
  };
  const refresh = (client: ApiClient) => client.post('/api/auth/refresh');
  const code = { error: { code: 'AUTH.SESSION_ENDED' } };

  it('should renew with a cookie that pages cannot read, and store only its hash', async () => {
    const before = ana.client.cookies.get(COOKIE);
    const answer = await refresh(ana.client);
    ana.client.keep(answer, 200);
    const after = ana.client.cookies.get(COOKIE);
    expect(after).not.toBe(before);
    expect(answer.headers.getSetCookie()).toEqual([
      `${COOKIE}=${String(after)}; Max-Age=2592000; Path=/api/auth; HttpOnly; SameSite=Strict`,
    ]);
    expect(await status(ana.client)).toBe(200);
    const stored = JSON.stringify(await app.dataSource.getRepository(RefreshToken).find());
    expect(stored).not.toContain(before);
    expect(stored).not.toContain(after);
  });

  it('should give ten tabs that renew at once the same successor (S17)', async () => {
    const token = ana.client.cookies.get(COOKIE);
    const tabs = Array.from({ length: 10 }, () => holding(token));
    const answers = await Promise.all(tabs.map(refresh));
    expect(answers.map((answer) => answer.status)).toEqual(Array<number>(10).fill(200));
    const successors = new Set(tabs.map((tab) => tab.cookies.get(COOKIE)));
    expect(successors.size).toBe(1);
    expect(successors).not.toContain(token);
  });

  it('should give the same successor again when the answer was lost (S17)', async () => {
    const token = ana.client.cookies.get(COOKIE);
    await refresh(ana.client);
    const again = holding(token);
    expect((await refresh(again)).status).toBe(200);
    expect(again.cookies.get(COOKIE)).toBe(ana.client.cookies.get(COOKIE));
    expect((await refresh(again)).status).toBe(200);
  });

  it('should end the whole session when a token comes back after its successor (S17)', async () => {
    const first = ana.client.cookies.get(COOKIE);
    const other = await secondDevice();
    await refresh(ana.client);
    ana.client.keep(await refresh(ana.client), 200);
    expect((await refresh(holding(first))).body).toMatchObject(code);
    expect((await refresh(ana.client)).body).toMatchObject(code);
    expect((await ana.client.get('/api/auth/me')).body).toMatchObject(code);
    expect(await status(other)).toBe(200);
  });

  it('should end it too when a token comes back after half a minute (S17)', async () => {
    const token = ana.client.cookies.get(COOKIE);
    await refresh(ana.client);
    await app.dataSource
      .createQueryBuilder()
      .update(RefreshToken)
      .set({ usedAt: new Date(Date.now() - 31_000) })
      .where('used_at IS NOT NULL')
      .execute();
    expect((await refresh(holding(token))).status).toBe(401);
    expect((await refresh(ana.client)).body).toMatchObject(code);
  });

  it.each(['', 'x', 'A'.repeat(43), 'A'.repeat(5000), '%00'])(
    'should refuse the invented refresh token %j',
    async (token) => {
      expect((await refresh(holding(token))).status).toBe(401);
    },
  );

  it('should end when not renewed for thirty days, and last as long as it is', async () => {
    const sessions = app.dataSource.getRepository(Session);
    const newest = async () => (await sessions.findOneByOrFail({ userId: ana.user.id })).expiresAt;
    const soon = new Date(Date.now() + 60_000);
    await sessions.update({ userId: ana.user.id }, { expiresAt: soon });
    expect((await refresh(ana.client)).status).toBe(200);
    expect((await newest()).getTime() - Date.now()).toBeGreaterThan(29.9 * 86_400_000);
    await sessions.update({ userId: ana.user.id }, { expiresAt: new Date(Date.now() - 1) });
    expect((await refresh(ana.client)).body).toMatchObject(code);
  });

  it('should end with the sign-out, on this device only (S18)', async () => {
    const other = await secondDevice();
    const held = holding(ana.client.cookies.get(COOKIE));
    expect((await ana.client.post('/api/auth/logout')).status).toBe(204);
    expect(ana.client.cookies.has(COOKIE)).toBe(false);
    expect(await status(ana.client)).toBe(401);
    expect((await refresh(held)).status).toBe(401);
    expect(await status(other)).toBe(200);
    expect((await ana.client.post('/api/auth/logout')).status).toBe(204);
  });

  it('should end by the cookie when the token is old, and by the token without a cookie', async () => {
    const cookieOnly = holding(ana.client.cookies.get(COOKIE));
    expect((await cookieOnly.post('/api/auth/logout')).status).toBe(204);
    expect(await status(ana.client)).toBe(401);
    const tokenOnly = await secondDevice();
    tokenOnly.cookies.clear();
    expect((await tokenOnly.post('/api/auth/logout')).status).toBe(204);
    expect(await status(tokenOnly)).toBe(401);
  });

  it('should end everywhere at once with sign-out-everywhere (S18)', async () => {
    const other = await secondDevice();
    expect((await ana.client.post('/api/auth/logout-all')).status).toBe(204);
    expect(await Promise.all([ana.client, other].map(status))).toEqual([401, 401]);
    expect((await refresh(other)).status).toBe(401);
    expect(await status(admin.client)).toBe(200);
    expect((await new ApiClient(app.url).post('/api/auth/logout-all')).status).toBe(401);
  });

  it('should keep only the session in which the password was changed (S18)', async () => {
    const other = await secondDevice();
    const change = { currentPassword: PASSWORD, newPassword: 'outra senha bem longa' };
    expect((await ana.client.patch('/api/auth/me', change)).status).toBe(200);
    expect(await status(ana.client)).toBe(200);
    expect((await refresh(ana.client)).status).toBe(200);
    expect(await status(other)).toBe(401);
    expect((await refresh(other)).status).toBe(401);
  });

  it.each([
    ['suspension', { suspended: true }],
    ['reset', { password: 'uma senha provisoria' }],
  ])('should end with a %s at once (S18)', async (_, change) => {
    await admin.client.patch(`/api/users/${String(ana.user.id)}`, change);
    expect(await status(ana.client)).toBe(401);
    expect((await refresh(ana.client)).status).toBe(401);
  });

  it('should end with the person’s deletion at once (S18)', async () => {
    await admin.client.delete(`/api/users/${String(ana.user.id)}`);
    expect(await status(ana.client)).toBe(401);
    expect((await refresh(ana.client)).status).toBe(401);
  });

  it('should take a change of role at once', async () => {
    const change = (role: string) =>
      admin.client.patch(`/api/users/${String(ana.user.id)}`, { role });
    expect((await ana.client.get('/api/users')).status).toBe(403);
    await change('admin');
    expect((await ana.client.get('/api/users')).status).toBe(200);
    await change('member');
    expect((await ana.client.get('/api/users')).status).toBe(403);
  });
});

describe('sessions on https', () => {
  it('should keep the refresh token in a __Host- cookie (S25)', async () => {
    const app = await startTestApp('sqlite', { PUBLIC_URL: 'https://prosa.example.com' });
    const { client } = await aFirstAdministrator({ url: app.url });
    const answer = await refreshFrom(client, 'https://prosa.example.com');
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-prosa_refresh=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    await app.close();
  });
});

const refreshFrom = (client: ApiClient, origin: string) =>
  client.post('/api/auth/refresh', undefined, { headers: { origin } });
