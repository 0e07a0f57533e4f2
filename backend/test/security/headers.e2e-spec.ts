import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PACKAGE_ROOT } from '../../src/platform/package-root.js';
import { startTestApp } from '../harness/test-app.js';
import { follow } from './event-reader.js';
import { aConversation, asking, aScene, type Scene } from './given.js';
import { collectLogs, type LogCollector } from './log-collector.js';
import { CONTENT_SECURITY_POLICY, errorOf, jsonOf, requireContract, send } from './wire.js';

/** Where the frontend was not built there are no files to serve. */
const HAS_WEB_APP = existsSync(join(PACKAGE_ROOT, 'dist/frontend/browser/index.html'));

describe('headers of every answer', () => {
  let scene: Scene;
  let logs: LogCollector;

  beforeAll(async () => {
    logs = collectLogs();
    scene = await aScene('sqlite', { LOG_LEVEL: 'trace' }, logs.lines);
  });

  afterAll(async () => {
    await scene.close();
    logs.restore();
  });

  /** Sends bytes as they are. @returns the first answer. */
  const sendRaw = async (text: string) => {
    const { hostname, port } = new URL(scene.app.url);
    const raw = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'));
      let received = '';
      socket.setEncoding('utf8');
      socket.on('data', (data) => (received += String(data)));
      socket.on('close', () => {
        resolve(received);
      });
      socket.on('error', reject);
      socket.setTimeout(2000, () => socket.destroy());
    });
    const [head = '', ...body] = raw.split('\r\n\r\n');
    const [line = '', ...headers] = head.split('\r\n');
    return {
      status: Number(line.split(' ')[1] ?? 0), // 0: hung up without a word
      headers: Object.fromEntries(
        headers.map((header) => {
          const [name = '', ...value] = header.split(': ');
          return [name.toLowerCase(), value.join(': ')];
        }),
      ),
      text: body.join('\r\n\r\n'),
    };
  };

  // `send` checks the headers of each answer.
  it.each([
    ['GET', '/api/nothing', 404],
    ['GET', '/nothing', 404],
    ['GET', '/', 0],
    ['GET', `/api/posts/${'1'.repeat(201)}`, 401],
    ['POST', `/api/posts/${'1'.repeat(15_000)}/stop`, 401],
    ['QUERY', '/api/posts', 405],
    ['QUERY', '/api/nothing', 404],
    ['DELETE', '/api/posts', 405],
    ['OPTIONS', '/api/posts', 405],
    ['POST', '/api/posts/1', 405],
    ['GET', '/health/live', 200],
    ['GET', '/docs-json', 200],
    ['GET', '/api/conversations', 401],
    ['GET', '/v1/models', 404],
    ['GET', '/metrics', 404],
  ])('should be those of the contract: %s %s', async (method, path, status) => {
    const answer = await fetch(scene.app.url + path, { method });
    const headers = Object.fromEntries(answer.headers);
    expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
    expect(headers['x-content-type-options']).toBe('nosniff');
    if (status > 0) {
      expect(answer.status).toBe(status);
      requireContract(path, { status, headers, text: await answer.text() });
    }
  });

  it.each(['/%', '/%zz', '/api/posts/%', '/api/posts/%ff', '/api/conversations/%c3%28/posts'])(
    'should be those of the contract for the address %s',
    async (path) => {
      const answer = await send(scene.app, { path, token: scene.ana.token });
      expect(errorOf(answer).code).toBe('REQUEST.NOT_FOUND');
    },
  );

  it.each([
    ['no HTTP', 'nonsense\r\n\r\n'],
    ['a header with a terminal command', 'GET / HTTP/1.1\r\nHost: a\r\nX-Name: \x1b[31m\r\n\r\n'],
    ['a broken header', 'GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\nSet-Cookie: b\r\n\r\n'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: a\r\nA: ${'a'.repeat(16_500)}\r\n\r\n`],
    ['no host', 'GET /api/models HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ])('should be those of the contract for %s', async (name, text) => {
    const answer = await sendRaw(text);
    expect(answer.status).toBe(400);
    requireContract(name, answer);
  });

  it.each([
    ['GET *', 404],
    ['OPTIONS *', 404],
    ['GET http://elsewhere.example/health/live', 200],
  ])('should be those of the contract for the address of %s', async (line, status) => {
    const answer = await sendRaw(`${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(answer.status).toBe(status);
    requireContract(line, answer);
  });

  it('should pass over what a request expects that nobody knows', async () => {
    const answer = await sendRaw(
      'GET /health/live HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nConnection: close\r\n\r\n',
    );
    expect(answer.status).toBe(200);
    requireContract('an unknown Expect', answer);
  });

  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'BREW'])('should not answer to %s', async (method) => {
    const cookie = 'Cookie: prosa_refresh=canario';
    const { status, text } = await sendRaw(
      `${method} /api/posts HTTP/1.1\r\nHost: a\r\n${cookie}\r\nConnection: close\r\n\r\n`,
    );
    expect([0, 400, 404, 405]).toContain(status);
    expect(text).not.toContain('canario');
  });

  it('should let nobody keep or change a stream', async () => {
    const { app, ana } = scene;
    const id = await aConversation(app, ana);
    const reader = await follow(app, asking(id, ana, { prompt: 'Conta algo' }));
    await reader.text();
    const { data } = await reader.until('post');
    const path = `/api/posts/${String(data['postId'])}/events`;
    const answer = await send(app, {
      path,
      token: ana.token,
      headers: { accept: 'text/event-stream' },
    });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  });

  it.each(['a b', 'a"b', '{"level":60,"msg":"forged"}', 'ç', '\u0085', 'a'.repeat(65), ';', '<b>'])(
    'should not repeat the X-Request-Id %j',
    async (id) => {
      const answer = await send(scene.app, {
        path: '/health/live',
        headers: { 'x-request-id': id },
      });
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('should repeat a plain X-Request-Id, in the log too', async () => {
    const id = 'from-a.proxy_1';
    const answer = await send(scene.app, { path: '/health/live', headers: { 'x-request-id': id } });
    expect(answer.headers['x-request-id']).toBe(id);
    expect(logs.events()).toContainEqual(expect.objectContaining({ requestId: id, status: 200 }));
  });

  it('should log hostile names as one escaped line', async () => {
    const { app, ana, admin } = scene;
    const hostile = 'a\r\n{"level":60,"msg":"forged"}\u001b[31m\u2028\u2029\u0085';
    await aConversation(app, ana, { title: hostile, instructions: hostile });
    const patch = { method: 'PATCH', body: JSON.stringify({ displayName: hostile }) };
    expect((await send(app, { ...patch, path: '/api/auth/me', token: ana.token })).status).toBe(
      200,
    );
    const headers = { 'user-agent': '{"level":60}\u009b31m', origin: app.url };
    const body = JSON.stringify({ username: hostile, password: hostile });
    await send(app, { method: 'POST', path: '/api/auth/login', headers, body });
    await send(app, { method: 'POST', path: '/api/users', token: admin.token, headers, body });
    const path = `/api/conversations/1?${encodeURIComponent(hostile)}=1`;
    await send(app, { path, token: ana.token });
    const forged = logs.events().filter(({ level, msg }) => level === 60 || msg === 'forged');
    expect(forged).toEqual([]);
  });

  it('should ask for https for a year where the address is https', async () => {
    const secure = await startTestApp('sqlite', { PUBLIC_URL: 'https://prosa.example.com' });
    const { headers } = await send(secure, { path: '/health/live' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    await secure.close();
    const plain = await send(scene.app, { path: '/health/live' });
    expect(plain.headers['strict-transport-security']).toBeUndefined();
  });

  it('should describe itself without saying what it is made of', async () => {
    const { headers } = await send(scene.app, { path: '/health/live' });
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
    const missing = await send(scene.app, { path: '/api/nothing' });
    expect(errorOf(missing)).toEqual({
      code: 'REQUEST.NOT_FOUND',
      message: 'Não há nada neste endereço.',
    });
    expect(jsonOf(missing)).not.toHaveProperty('statusCode');
  });

  if (HAS_WEB_APP) {
    it('should keep what is named after its content, and ask again for the rest', async () => {
      const page = await fetch(`${scene.app.url}/c/1`, { headers: { accept: 'text/html' } });
      expect(page.headers.get('cache-control')).toBe('no-cache');
      expect(page.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
      const html = await page.text();
      const hashed = /(?:src|href)="\/?([\w-]+-[A-Z0-9]{8}\.(?:js|css))"/.exec(html)?.[1] ?? '';
      const file = await fetch(`${scene.app.url}/${hashed}`);
      expect(file.status).toBe(200);
      expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(file.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
      await file.text();
    });

    it('should open the front door to whoever takes anything, and show no page for a lost script', async () => {
      const [front, script] = await Promise.all(
        ['/?from=mail', '/chunk-AAAAAAAA.js'].map((path) => fetch(`${scene.app.url}${path}`)),
      );
      expect(front?.headers.get('content-type')).toContain('text/html');
      expect(await front?.text()).toContain('<app-root');
      expect(script?.status).toBe(404);
      expect(script?.headers.get('content-type')).toContain('application/json');
      await script?.text();
    });
  }
});
