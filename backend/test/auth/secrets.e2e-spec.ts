import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { User } from '#db';
import {
  aFirstAdministrator,
  ApiClient,
  PASSWORD,
  type TestPerson,
} from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const CANARY = 'canario-que-ninguem-pode-ver';

describe('passwords and tokens', () => {
  let app: TestApp;
  let admin: TestPerson;
  const written: string[] = [];
  const answered: string[] = [];
  beforeAll(async () => {
    app = await startTestApp('sqlite', { LOG_LEVEL: 'trace' }, written);
    admin = await aFirstAdministrator(app);
  });
  afterAll(() => app.close());

  it('should appear in no log and, but for the tokens themselves, in no answer', async () => {
    const client = new ApiClient(app.url);
    const hidden = [CANARY, PASSWORD, '$argon2', admin.token];
    const call = async (path: string, body: unknown) => {
      answered.push((await client.post(path, body)).text);
      hidden.push(...client.cookies.values());
    };
    await call('/api/auth/login', { username: 'admin', password: CANARY });
    await call('/api/auth/login', { username: CANARY, password: CANARY });
    await call('/api/auth/login', { username: 'admin', [CANARY]: CANARY, password: [CANARY] });
    await call('/api/auth/login', `{"username":"admin","password":"${CANARY}"`);
    await call('/api/setup', { username: 'admin', password: CANARY, code: CANARY });
    const user = await client.signIn('admin', PASSWORD);
    hidden.push(String(client.token), ...client.cookies.values());
    const reused = new Map(client.cookies);
    await call('/api/users', { username: 'ana', password: CANARY });
    await call('/api/users', { username: 'ana', password: CANARY });
    const change = { currentPassword: CANARY, newPassword: CANARY };
    answered.push((await client.patch('/api/auth/me', change)).text);
    answered.push((await client.get('/api/users')).text);
    for (let n = 0; n < 2; n += 1) {
      await client.post('/api/auth/refresh');
      hidden.push(...client.cookies.values());
    }
    reused.forEach((value, name) => client.cookies.set(name, value));
    await call('/api/auth/refresh', undefined);
    await app.dataSource.query('DROP TABLE refresh_tokens');
    await call('/api/auth/refresh', undefined);
    await call('/api/auth/login', { username: 'admin', password: PASSWORD });

    const log = written.join('\n');
    expect(log).toContain('refresh-token-reused');
    expect(log).toContain('request failed');
    expect(log).toContain('"route":"/api/auth/login"');
    const row = await app.dataSource
      .getRepository(User)
      .findOneOrFail({ where: { id: user.id }, select: { password: true } });
    for (const secret of [...hidden, row.password]) {
      expect(secret.length).toBeGreaterThan(6);
      expect(log).not.toContain(secret);
      expect(answered.join('\n')).not.toContain(secret);
    }
  });
});
