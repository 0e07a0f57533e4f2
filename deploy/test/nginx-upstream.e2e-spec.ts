import { once } from 'node:events';
import { Agent, createServer, get, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type NameServer, startNameServer } from './harness/names.ts';
import { freePort, type Nginx, startNginx } from './harness/nginx.ts';

/** nginx asks again for a name after 5 s. */
const NAME_SECONDS = 5;

/** An upstream that answers with what it was sent. */
async function startEcho(address: string, port: number): Promise<Server> {
  const server = createServer((request, reply) => {
    reply.setHeader('x-request-id', String(request.headers['x-request-id']));
    reply.end(JSON.stringify({ address, url: request.url, headers: request.headers }));
  });
  server.listen(port, address);
  await once(server, 'listening');
  return server;
}

/** Gets a text over the one connection of an agent. */
function getOver(agent: Agent, url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      text(answer).then(resolve, reject);
    }).on('error', reject);
  });
}

interface Echo {
  readonly address: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

describe('what nginx tells the backend', () => {
  let names: NameServer;
  let nginx: Nginx;
  let echoes: Server[];
  let line: Agent | undefined;
  let port: number;

  const start = async (settings: Record<string, string> = {}) => {
    port = await freePort();
    names = await startNameServer('127.0.0.1');
    echoes = [await startEcho('127.0.0.1', port)];
    nginx = await startNginx({
      PROSA_BACKEND: `backend:${String(port)}`,
      PROSA_RESOLVER: names.address,
      ...settings,
    });
  };
  const closeEchoes = () => {
    for (const echo of echoes) {
      echo.close();
      echo.closeAllConnections();
    }
  };
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(nginx.url + path, { headers });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const echoOf = async (path: string, headers?: Record<string, string>) =>
    JSON.parse((await ask(path, headers)).text) as Echo;

  afterEach(async () => {
    await nginx.stop();
    names.close();
    line?.destroy();
    closeEchoes();
  });

  it('should be the address it sees, whatever the client says of itself', async () => {
    await start();
    const { headers, url } = await echoOf('/api/posts?q=a%20b%2Fc', {
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-port': '443',
      'x-real-ip': '203.0.113.7',
      'cf-connecting-ip': '203.0.113.7',
      forwarded: 'for=203.0.113.7',
    });
    expect(url).toBe('/api/posts?q=a%20b%2Fc');
    expect(headers).toMatchObject({
      host: new URL(nginx.url).host,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': new URL(nginx.url).host,
    });
    expect(JSON.stringify(headers)).not.toMatch(/203\.0\.113\.7|evil/);
    expect(Object.values(headers)).not.toContain('443');
  });

  it('should be what the proxy that ends TLS says, where the operator trusts it', async () => {
    await start({
      PROSA_TRUSTED_PROXY: '127.0.0.0/8',
      PROSA_PUBLIC_URL: 'https://prosa.example.com',
    });
    const { headers } = await echoOf('/api/posts', {
      // The first part is what a client made up, the last what the proxy saw.
      'x-forwarded-for': '198.51.100.1, 203.0.113.7',
      'x-forwarded-proto': 'https',
    });
    expect(headers['x-forwarded-for']).toBe('203.0.113.7');
    expect(headers['x-forwarded-proto']).toBe('https');
    const page = await ask('/', { accept: 'text/html' });
    expect(page.headers.get('strict-transport-security')).toBe(
      'max-age=31536000; includeSubDomains',
    );
  });

  it('should be the request id of the caller, or a new one', async () => {
    await start();
    expect((await echoOf('/api/x', { 'x-request-id': 'mine' })).headers['x-request-id']).toBe(
      'mine',
    );
    expect((await echoOf('/api/x')).headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each(['/api', '/v1/models', '/chat/', '/ask/question', '/training/train', '/auth/login'])(
    'should be every route of the contract: %s',
    async (path) => {
      await start();
      expect((await echoOf(path)).url).toBe(path);
    },
  );

  it.each(['/docs', '/docs-json', '/docs/swagger-ui.css', '/health', '/health/ready'])(
    'should be every route of the operator: %s',
    async (path) => {
      await start();
      expect((await echoOf(path)).url).toBe(path);
    },
  );

  it('should find a backend again that came back elsewhere', async () => {
    await start();
    // One connection: each of nginx's processes remembers names by itself.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    line = agent;
    const whoAnswers = async () =>
      (JSON.parse(await getOver(agent, `${nginx.url}/api/x`)) as Echo).address;
    expect(await whoAnswers()).toBe('127.0.0.1');
    echoes.push(await startEcho('127.0.0.2', port));
    names.moveTo('127.0.0.2');
    expect(await whoAnswers()).toBe('127.0.0.1');
    await new Promise((resolve) => setTimeout(resolve, (NAME_SECONDS + 1) * 1000));
    expect(await whoAnswers()).toBe('127.0.0.2');
  });

  it('should say in the contract’s words that nobody is there, and keep the search private', async () => {
    await start();
    closeEchoes();
    const search = await ask('/api/posts?q=palavra-secreta', { 'accept-language': 'en' });
    expect(search.status).toBe(502);
    expect(JSON.parse(search.text)).toEqual({
      error: {
        code: 'SERVER.UNREACHABLE',
        message: 'The server does not answer. Try again in a few seconds.',
      },
    });
    expect(search.headers.get('cache-control')).toBe('no-store');
    expect((await ask('/', { accept: 'text/html' })).status).toBe(200);
    expect((await ask('/metrics')).status).toBe(404);
    expect(nginx.log()).toContain('"upstreamStatus":"502"');
    expect(nginx.log()).not.toContain('palavra-secreta');
  });
});
