import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFirstAdministrator } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { errorOf, jsonOf, send } from '../security/wire.js';

describe("the server's own addresses", () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp();
    ({ token } = await aFirstAdministrator(app));
  });
  afterAll(() => app.close());

  it('should tell GET /health the model, and nobody more', async () => {
    const answer = await send(app, { path: '/health' });
    expect([answer.status, jsonOf(answer)]).toEqual([200, { status: 'ok', model: 'quotes' }]);
  });

  it.each([
    '/chat/x',
    '/chat//',
    '/ask',
    '/auth/',
    '/auth/me',
    '/training',
    '/v1/models',
    '/health/x',
    '/metrics',
    '/api/chat',
  ])('should answer a browser that looks for %s with a JSON 404', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const headers = { accept: 'text/html,*/*' };
      const answer = await send(app, { method, path, headers });
      expect([answer.status, errorOf(answer).code]).toEqual([404, 'REQUEST.NOT_FOUND']);
      expect(answer.headers['allow']).toBeUndefined();
    }
  });

  it.each([
    ['GET', '/chat/', 'POST'],
    ['GET', '/chat?x=1', 'POST'],
    ['PUT', '/auth/login', 'POST'],
    ['GET', '/auth/login', 'POST'],
    ['POST', '/health', 'GET, HEAD'],
    ['POST', '/api/posts/7', 'GET, HEAD'],
    ['PUT', '/api/conversations/7', 'DELETE, GET, HEAD, PATCH'],
  ])('should tell what it accepts instead of %s at %s', async (method, path, allow) => {
    const headers = { accept: 'text/html,*/*' };
    const answer = await send(app, { method, path, token, headers });
    expect([answer.status, errorOf(answer).code]).toEqual([405, 'REQUEST.METHOD_NOT_ALLOWED']);
    expect(answer.headers['allow']).toBe(allow);
  });

  it('should tell a missing post from a missing route as before', async () => {
    const answer = await send(app, { path: '/api/posts/2000000000', token });
    expect([answer.status, errorOf(answer).code]).toEqual([404, 'POST.NOT_FOUND']);
  });
});
