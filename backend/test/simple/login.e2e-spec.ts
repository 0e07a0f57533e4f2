import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, aFirstAdministrator, aPerson, PASSWORD } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { errorOf, jsonOf, send, type WireAnswer } from '../security/wire.js';

describe('POST /auth/login', () => {
  let app: TestApp;
  let admin: Awaited<ReturnType<typeof aFirstAdministrator>>;

  beforeAll(async () => {
    app = await startTestApp();
    admin = await aFirstAdministrator(app);
  });
  afterAll(() => app.close());

  const login = (
    username: string,
    password: string,
    headers: Record<string, string> = {},
  ): Promise<WireAnswer> =>
    send(app, {
      method: 'POST',
      path: '/auth/login',
      headers,
      body: JSON.stringify({ username, password }),
    });

  it('should give a token that opens the API and the chat, and no cookie', async () => {
    await aPerson(app, admin, 'ana');
    const answer = await login('Ana', PASSWORD);
    expect(answer.status).toBe(200);
    const token = jsonOf<Record<string, string>>(answer);
    expect(token).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as unknown,
      token_type: 'bearer',
      expires_in: 900,
      accessToken: token['access_token'],
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
    const me = await send(app, { path: '/api/auth/me', token: token['access_token'] });
    expect(jsonOf(me)).toMatchObject({ username: 'ana' });
    const chat = await send(app, {
      method: 'POST',
      path: '/chat/',
      token: token['access_token'],
      body: JSON.stringify({ question: 'Como conecto o Bedrock?' }),
    });
    expect(jsonOf(chat)).toEqual({
      answer: expect.stringMatching(/\S/) as unknown,
      model: 'quotes',
    });
  });

  it('should tell nothing of whether a person exists', async () => {
    const [wrong, unknown] = [await login('ana', 'errada'), await login('ninguem', 'errada')];
    expect([wrong.status, wrong.text]).toEqual([401, unknown.text]);
    expect(errorOf(wrong).code).toBe('AUTH.INVALID_CREDENTIALS');
  });

  it('should refuse another site', async () => {
    const answer = await login('ana', PASSWORD, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
  });

  it('should count with the sign-in of the web: guesses at both are guesses', async () => {
    await aPerson(app, admin, 'bia');
    const web = new ApiClient(app.url);
    for (let n = 0; n < 5; n += 1) {
      expect((await login('bia', 'errada')).status).toBe(401);
      const body = { username: 'bia', password: 'errada' };
      expect((await web.post('/api/auth/login', body)).status).toBe(401);
    }
    const paused = await login('bia', PASSWORD);
    expect([paused.status, errorOf(paused).code]).toEqual([429, 'AUTH.TOO_MANY_ATTEMPTS']);
    expect(Number(paused.headers['retry-after'])).toBeGreaterThan(800);
  });
});
