import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFirstAdministrator, PASSWORD, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const FRIEND = 'https://app.example.com';
const CREDENTIALS = JSON.stringify({ username: 'admin', password: PASSWORD });

describe('requests from other sites', () => {
  let app: TestApp;
  let admin: TestPerson;
  let cookie: string;
  beforeAll(async () => {
    app = await startTestApp('sqlite', { CORS_ORIGINS: FRIEND });
    admin = await aFirstAdministrator(app);
    cookie = `prosa_refresh=${String(admin.client.cookies.get('prosa_refresh'))}`;
  });
  afterAll(() => app.close());

  /** As a browser would send it, without any help. */
  const send = (path: string, headers: Record<string, string>, body?: string) =>
    fetch(`${app.url}${path}`, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
    });
  const statusOf = async (...call: Parameters<typeof send>) => (await send(...call)).status;

  it.each(['refresh', 'logout', 'logout-all'])(
    'should not reach /api/auth/%s by its cookie (S25)',
    async (route) => {
      const path = `/api/auth/${route}`;
      const foreign: Record<string, string>[] = [
        {},
        { origin: 'https://evil.test' },
        { origin: 'null' },
        { origin: `${app.url}.evil.test` },
        { origin: app.url, 'sec-fetch-site': 'cross-site' },
      ];
      for (const headers of foreign) {
        expect(await statusOf(path, { cookie, ...headers })).toBe(403);
      }
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        const headers = { cookie, origin: app.url, 'content-type': type };
        expect(await statusOf(path, headers, 'a=b')).toBe(415);
      }
      expect((await admin.client.get('/api/auth/me')).status).toBe(200);
    },
  );

  it.each(['/api/auth/login', '/api/setup'])('should not reach %s (S25)', async (path) => {
    const json = { 'content-type': 'application/json' };
    expect(await statusOf(path, { ...json, origin: 'https://evil.test' }, CREDENTIALS)).toBe(403);
    expect(await statusOf(path, { ...json, 'sec-fetch-site': 'cross-site' }, CREDENTIALS)).toBe(
      403,
    );
    expect(await statusOf(path, { 'content-type': 'text/plain' }, CREDENTIALS)).toBe(415);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await statusOf(path, form, 'username=admin&password=x')).toBe(415);
  });

  it('should not be confused with scripts, which name no origin and bring a token', async () => {
    const json = { 'content-type': 'application/json' };
    const signedIn = await send('/api/auth/login', json, CREDENTIALS);
    expect(signedIn.status).toBe(200);
    const { accessToken } = (await signedIn.json()) as { accessToken: string };
    const authorization = `Bearer ${accessToken}`;
    expect(await statusOf('/api/auth/logout', { authorization })).toBe(204);
  });

  it('should be told nothing by CORS, unless named (S26)', async () => {
    const allowed = async (origin: string) => {
      const { headers } = await fetch(`${app.url}/api/setup`, { headers: { origin } });
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      return headers.get('access-control-allow-origin');
    };
    for (const origin of [
      'null',
      `${FRIEND}.evil.test`,
      'http://app.example.com',
      'https://evil.test',
      '*',
    ]) {
      expect(await allowed(origin)).toBeNull();
    }
    expect(await allowed(FRIEND)).toBe(FRIEND);
    const preflight = await fetch(`${app.url}/api/users/1`, {
      method: 'OPTIONS',
      headers: { origin: FRIEND, 'access-control-request-method': 'PATCH' },
    });
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
  });

  it('should be told nothing by CORS where nobody is named (S26)', async () => {
    const closed = await startTestApp();
    const { headers } = await fetch(`${closed.url}/api/setup`, { headers: { origin: FRIEND } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    await closed.close();
  });
});
