import { afterEach, describe, expect, it } from '@jest/globals';
import { User } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { SetupRepository } from '../../src/auth/setup/setup.repository.js';
import { Setup } from '../../src/auth/setup/setup.js';
import { aFirstAdministrator, ApiClient, PASSWORD } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const FORWARDED = { headers: { 'x-forwarded-for': '203.0.113.7' } };
const admin = { username: 'admin', password: PASSWORD };

describe.each(TEST_ENGINES)('the first run on %s', (engine) => {
  let app: TestApp;
  const start = async (settings: Record<string, string> = {}) => {
    app = await startTestApp(engine, settings);
    return new ApiClient(app.url);
  };
  afterEach(() => app.close());

  it('should make exactly one administrator of twenty who try at once (S10)', async () => {
    const client = await start();
    expect((await client.get('/api/setup')).body).toEqual({ needed: true, codeRequired: false });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        new ApiClient(app.url).post('/api/setup', { ...admin, username: `admin-${String(n)}` }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array<number>(19).fill(409)]);
    expect(await app.dataSource.getRepository(User).countBy({ role: 'admin' })).toBe(1);
    expect((await client.get('/api/setup')).body).toEqual({ needed: false, codeRequired: false });
    expect((await client.post('/api/setup', admin)).body).toMatchObject({
      error: { code: 'SETUP.DONE' },
    });
  });

  it('should make exactly one when none waits for the hashing of another’s password (S10)', async () => {
    await start();
    const repository = app.app.get(SetupRepository);
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        repository.create({
          username: `admin-${String(n)}`,
          password: 'x',
          displayName: null,
          locale: null,
        }),
      ),
    );
    expect(made.filter((id) => id !== undefined)).toHaveLength(1);
    expect(await app.dataSource.getRepository(User).count()).toBe(1);
  });

  it('should sign the administrator in, with a name and a language', async () => {
    const client = await start();
    const body = { ...admin, username: ' Admin ', displayName: 'Ana', locale: 'pt-BR' };
    const user = client.keep(await client.post('/api/setup', body), 201);
    expect(user).toEqual({
      id: user.id,
      username: 'admin',
      displayName: 'Ana',
      role: 'admin',
      locale: 'pt-BR',
      mustChangePassword: false,
      suspendedAt: null,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect((await client.get('/api/auth/me')).body).toEqual({ ...user, instructions: null });
    expect((await client.post('/api/auth/refresh')).status).toBe(200);
  });

  it('should ask whoever comes through a proxy for the printed code', async () => {
    const client = await start();
    expect((await client.get('/api/setup', FORWARDED)).body).toEqual({
      needed: true,
      codeRequired: true,
    });
    for (const code of [undefined, 'AAAA-AAAA-AAAA', '']) {
      const answer = await client.post('/api/setup', { ...admin, code }, FORWARDED);
      expect(answer.body).toMatchObject({ error: { code: 'SETUP.CODE_REQUIRED' } });
    }
    const code = (await app.app.get(Setup).codeToPrint())?.toLowerCase();
    expect((await client.post('/api/setup', { ...admin, code }, FORWARDED)).status).toBe(201);
    expect(await app.app.get(Setup).codeToPrint()).toBeUndefined();
  });

  it('should accept SETUP_TOKEN and slow down who guesses it', async () => {
    const token = 'a-long-code-of-your-own';
    const client = await start({ SETUP_TOKEN: token });
    expect(await app.app.get(Setup).codeToPrint()).toBeUndefined();
    for (let n = 0; n < 10; n += 1) {
      const guess = { ...admin, code: `guess-${String(n)}` };
      expect((await client.post('/api/setup', guess, FORWARDED)).status).toBe(403);
    }
    const right = { ...admin, code: token };
    const slowed = await client.post('/api/setup', right, FORWARDED);
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(800);
  });

  it('should be needed again when the only administrator is suspended', async () => {
    const client = await start();
    const { user } = await aFirstAdministrator(app);
    await app.dataSource.getRepository(User).update({ id: user.id }, { suspendedAt: new Date() });
    expect((await client.get('/api/setup')).body).toMatchObject({ needed: true });
    expect((await client.post('/api/setup', admin)).body).toMatchObject({
      error: { code: 'USER.USERNAME_TAKEN' },
    });
    expect((await client.post('/api/setup', { ...admin, username: 'second' })).status).toBe(201);
  });

  it.each([
    [{ ...admin, password: 'password' }, 422],
    [{ ...admin, username: 'a b' }, 422],
    [{ ...admin, role: 'admin' }, 400],
    [{ username: 'admin' }, 400],
    [{ ...admin, password: 12345678 }, 400],
    [[], 400],
    [undefined, 400],
  ])('should refuse %j with %i and stay needed', async (body, status) => {
    const client = await start();
    expect((await client.post('/api/setup', body)).status).toBe(status);
    expect((await client.get('/api/setup')).body).toMatchObject({ needed: true });
  });
});
