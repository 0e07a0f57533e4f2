import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anInstallation, type Installation } from './harness/behind-nginx.ts';
import { CHECKOUT } from './harness/nginx.ts';
import { sendRaw } from './harness/raw.ts';

const BODY_LIMIT = 1024 * 1024;
const LANGUAGES = ['pt-BR,pt;q=0.9,en;q=0.8', 'en-GB,en;q=0.9,pt;q=0.8', 'fr,en;q=0.5', 'fr', ''];
/** What says when, who or how, and not what. */
const OF_THE_MOMENT = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'date',
  'server',
  'x-request-id',
  'etag',
  'last-modified',
  'accept-ranges',
  'vary',
];

/** A body of exactly so many bytes that the backend reads before it looks at who asks. */
const bodyOf = (bytes: number) => JSON.stringify({ username: 'x'.repeat(bytes - 15) });

describe('what nginx answers by itself', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await anInstallation(1);
  });

  afterAll(() => installation.close());

  /** The same request to nginx and straight to the backend, which serves the built app, too. */
  const both = async (path: string, init: RequestInit = {}) => {
    const { nginx, backend } = installation;
    const [through, direct] = await Promise.all(
      [nginx.url, backend.url].map(async (url) => {
        const answer = await fetch(url + path, init);
        const headers = Object.fromEntries(
          [...answer.headers].filter(([name]) => !OF_THE_MOMENT.includes(name)),
        );
        const requestId = answer.headers.get('x-request-id');
        return { status: answer.status, headers, requestId, text: await answer.text() };
      }),
    );
    return { through, direct };
  };

  const same = async (path: string, init?: RequestInit) => {
    const { through, direct } = await both(path, init);
    expect({ ...through, requestId: '' }).toEqual({ ...direct, requestId: '' });
    expect(through?.requestId).toMatch(/^[0-9a-f]{32}$/);
    return through;
  };

  it.each([
    ['/', 'text/html'],
    ['/c/1', 'text/html'],
    ['/sign-in', 'text/html,*/*'],
    ['/c/1', 'application/json'],
    ['/missing.js', '*/*'],
    ['/metrics', 'text/html'],
    ['/metrics/x', '*/*'],
    ['/api/nothing', 'text/html'],
    ['/v1', 'text/html'],
    ['/health/live', '*/*'],
    ['/api/auth/me', '*/*'],
  ])('should be what the backend answers: %s for %s', async (path, accept) => {
    await same(path, { headers: { accept } });
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])(
    'should be what the backend answers: %s where there are only pages',
    async (method) => {
      await same('/c/1', { method });
    },
  );

  it('should be the files of the app, with their types, for as long as they last', async () => {
    const names = readdirSync(CHECKOUT.web, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name).slice(CHECKOUT.web.length));
    expect(names.length).toBeGreaterThan(10);
    const headers = { 'accept-encoding': 'identity' };
    const caching = new Set<string>();
    for (const name of names) {
      const answer = await same(name, { headers });
      expect(answer?.status).toBe(200);
      caching.add(String(answer?.headers['cache-control']));
    }
    expect([...caching].sort()).toEqual(['no-cache', 'public, max-age=31536000, immutable']);
  });

  it('should send the packed file to who understands it', async () => {
    const script = /src="(\/main-[\w-]+\.js)"/.exec(
      readFileSync(join(CHECKOUT.web, 'index.html'), 'utf8'),
    )?.[1];
    const answer = await fetch(`${installation.nginx.url}${String(script)}`, {
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('vary')).toBeNull();
    expect(await answer.text()).toBe(readFileSync(join(CHECKOUT.web, String(script)), 'utf8'));
  });

  it.each(LANGUAGES)(
    'should refuse a large body in the words of the backend (%j)',
    async (language) => {
      const init = {
        method: 'POST',
        headers: { 'accept-language': language, 'content-type': 'application/json' },
        body: bodyOf(BODY_LIMIT + 1),
      };
      const answer = await same('/api/auth/login', init);
      expect(answer?.status).toBe(413);
      expect(answer?.text).toContain('"REQUEST.TOO_LARGE"');
      await same('/nothing', { headers: { 'accept-language': language } });
    },
  );

  it('should refuse a large body of unknown length', async () => {
    const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
    const head =
      'POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n' +
      'Transfer-Encoding: chunked\r\n\r\n';
    const answer = await sendRaw(installation.nginx.url, head + chunk.repeat(17));
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'REQUEST.TOO_LARGE' } });
  });

  it('should let a body of the largest size through', async () => {
    const headers = { 'content-type': 'application/json' };
    const { through, direct } = await both('/api/auth/login', {
      method: 'POST',
      headers,
      body: bodyOf(BODY_LIMIT),
    });
    expect(through?.status).not.toBe(413);
    expect(through?.text).toBe(direct?.text);
  });

  it.each([
    ['no HTTP', 'nonsense\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
    ],
    ['a header without end', `GET / HTTP/1.1\r\nHost: a\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`, 400],
    ['an address without end', `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 400],
    ['TRACE', 'TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 405],
  ])('should be in the envelope of the contract for %s', async (_, bytes, status) => {
    const answer = await sendRaw(installation.nginx.url, bytes);
    expect(answer.status).toBe(status);
    const { error } = JSON.parse(answer.text) as { error: { code: string } };
    expect(error.code).toMatch(/^REQUEST\./);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  it.each([
    '/metrics',
    '/metrics/',
    '//metrics',
    '/./metrics',
    '/api/../metrics',
    '/api/%2e%2e/metrics',
    '/api/..%2fmetrics',
    '/%6detrics',
    '/metrics?x=1',
  ])('should keep the numbers of the operator inside: %s', async (path) => {
    const answer = await sendRaw(
      installation.nginx.url,
      `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    );
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'REQUEST.NOT_FOUND' } });
    const [line] = installation.nginx.log().trim().split('\n').slice(-1);
    expect(JSON.parse(String(line))).toMatchObject({ status: '404', upstreamStatus: '' });
  });
});
