import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { User } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import {
  aFirstAdministrator,
  type ApiAnswer,
  ApiClient,
  aPerson,
  PASSWORD,
  type TestPerson,
} from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const WRONG = { username: 'ana', password: 'not the password' };
const RIGHT = { username: 'ana', password: PASSWORD };

/** What an answer tells, without what differs between any two. */
const told = ({ status, text, headers }: ApiAnswer) => ({
  status,
  text,
  headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
});

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe.each(TEST_ENGINES)('signing in on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  let ana: TestPerson;
  beforeEach(async () => {
    app = await startTestApp(engine);
    admin = await aFirstAdministrator(app);
    ana = await aPerson(app, admin, 'ana');
  });
  afterEach(() => app.close());

  const stranger = () => new ApiClient(app.url);
  const login = (body: unknown, headers: Record<string, string> = {}) =>
    stranger().post('/api/auth/login', body, { headers });
  const users = () => app.dataSource.getRepository(User);
  const storedHash = async () =>
    (await users().findOne({ where: { username: 'ana' }, select: { password: true } }))?.password;

  it('should accept the username as people type it', async () => {
    expect((await login({ ...RIGHT, username: ' ＡNA ' })).body).toMatchObject({
      expiresIn: 900,
      user: ana.user,
    });
  });

  it('should answer an unknown person like a wrong password, and not sooner (S21)', async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const measured = async (kind: keyof typeof times, username: string) => {
      const began = performance.now();
      const answer = await login({ ...WRONG, username });
      times[kind].push(performance.now() - began);
      return told(answer);
    };
    for (let n = 0; n < 9; n += 1) {
      const known = await measured('known', 'ana');
      expect(await measured('unknown', `nobody-${String(n)}`)).toEqual(known);
      expect(known.status).toBe(401);
    }
    // Without the stand-in's hash an unknown person is answered ten times sooner.
    expect(median(times.unknown)).toBeGreaterThan(median(times.known) / 3);
    expect(told(await login({ ...WRONG, username: 'josé' })).status).toBe(401);
    expect(told(await login({ ...WRONG, username: "' OR 1=1 --" })).status).toBe(401);
  });

  it('should answer a suspended or deleted person like a wrong password', async () => {
    const wrong = told(await login(WRONG));
    await admin.client.patch(`/api/users/${String(ana.user.id)}`, { suspended: true });
    expect(told(await login(RIGHT))).toEqual(wrong);
    await admin.client.delete(`/api/users/${String(ana.user.id)}`);
    expect(told(await login(RIGHT))).toEqual(wrong);
  });

  it('should not tell by its counting that a suspended person’s password was right', async () => {
    await admin.client.patch(`/api/users/${String(ana.user.id)}`, { suspended: true });
    for (let n = 0; n < 10; n += 1) {
      expect((await login(RIGHT)).status).toBe(401);
    }
    expect((await login(RIGHT)).status).toBe(429);
  });

  it('should refuse the eleventh try in 15 minutes, even the right one (S19)', async () => {
    for (let n = 0; n < 10; n += 1) {
      expect((await login(WRONG)).status).toBe(401);
    }
    const refused = await login(RIGHT);
    expect(refused.body).toMatchObject({ error: { code: 'AUTH.TOO_MANY_ATTEMPTS' } });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await login({ username: 'admin', password: PASSWORD })).status).toBe(200);
    // Her own browser still has the cookie: a stranger's guesses do not lock her out.
    const { cookies } = ana.client;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await login(RIGHT, { cookie })).status).toBe(200);
    // But the cookie of somebody else is no pass.
    const other = [...admin.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await login(RIGHT, { cookie: other })).status).toBe(429);
  });

  it('should count guesses that are sent at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => login(WRONG)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  it('should count under the real address, whatever headers claim (S20)', async () => {
    const spoofed = (n: number) => ({
      'x-forwarded-for': `198.51.100.${String(n)}`,
      'x-real-ip': `198.51.100.${String(n)}`,
      forwarded: `for=198.51.100.${String(n)}`,
    });
    for (let n = 0; n < 50; n += 1) {
      const guess = { ...WRONG, username: `person-${String(n)}` };
      expect((await login(guess, spoofed(n))).status).toBe(401);
    }
    expect((await login({ ...WRONG, username: 'one-more' }, spoofed(99))).status).toBe(429);
  });

  it('should store argon2id at today’s cost and raise an older one at sign-in (S22)', async () => {
    expect(await storedHash()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const old = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await users().update({ username: 'ana' }, { password: old });
    expect((await login(RIGHT)).status).toBe(200);
    expect(await storedHash()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await login(RIGHT)).status).toBe(200);
  });

  it('should let many people in at once, a few hashings at a time (S22)', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => login(RIGHT)));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(40).fill(200));
  });

  it('should keep every character of a long password (S22)', async () => {
    const long = `${'palavra '.repeat(10)}\u0000fim é 😀`;
    const change = { currentPassword: PASSWORD, newPassword: long };
    expect((await ana.client.patch('/api/auth/me', change)).status).toBe(200);
    expect((await login({ ...RIGHT, password: long })).status).toBe(200);
    for (const near of [long.slice(0, 72), long.replace('\u0000', ''), long.split('\u0000')[0]]) {
      expect((await login({ ...RIGHT, password: near })).status).toBe(401);
    }
  });
});

describe('signing in behind a proxy that is trusted', () => {
  it('should count each address the proxy names for itself', async () => {
    const app = await startTestApp('sqlite', { TRUST_PROXY: '1' });
    const from = (address: string) => ({ headers: { 'x-forwarded-for': `9.9.9.9, ${address}` } });
    const client = new ApiClient(app.url);
    for (let n = 0; n <= 50; n += 1) {
      const guess = { ...WRONG, username: `person-${String(n)}` };
      const answer = await client.post('/api/auth/login', guess, from('198.51.100.1'));
      expect(answer.status).toBe(n < 50 ? 401 : 429);
    }
    const other = await client.post('/api/auth/login', WRONG, from('198.51.100.2'));
    expect(other.status).toBe(401);
    await app.close();
  });
});
