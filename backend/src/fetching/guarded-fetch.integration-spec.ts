import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FetchFailure } from './fetch-failure.js';
import {
  FETCH_DEFAULTS,
  GuardedFetch,
  type FetchSettings,
  type Resolved,
} from './guarded-fetch.js';

const HTML = ['text/html'];
const LOOPBACK: Resolved = { address: '127.0.0.1', family: 4 };

/**
 * The servers stand on loopback, which is private: `site.test` is opened for them, as an operator
 * opens an internal site. All other names resolve as each test says.
 */
describe(GuardedFetch.name, () => {
  let server: Server;
  let port: number;
  let answer: (request: IncomingMessage, reply: ServerResponse) => void;
  let requests: IncomingMessage[];
  let names: Record<string, Resolved[][]>;

  const guarded = (changes: Partial<FetchSettings> = {}): GuardedFetch =>
    new GuardedFetch({
      ...FETCH_DEFAULTS,
      allowed: [{ host: 'site.test', below: false, port: null }],
      resolve: (host) => {
        const [first = [], ...later] = names[host] ?? [];
        if (later.length > 0) names[host] = later;
        return Promise.resolve(first);
      },
      ...changes,
    });
  const at = (host: string, path = '/'): string => `http://${host}:${String(port)}${path}`;
  const failing = async (
    address: string,
    { changes, types = HTML }: { changes?: Partial<FetchSettings>; types?: string[] } = {},
  ): Promise<string> => {
    const failure = await guarded(changes)
      .fetch(address, types)
      .then(
        () => ({ problem: 'none' }),
        (error: unknown) => error as FetchFailure,
      );
    return failure.problem;
  };

  beforeEach(async () => {
    requests = [];
    names = { 'site.test': [[LOOPBACK]] };
    answer = (_, reply) => {
      reply.writeHead(200, { 'content-type': 'text/html; charset="UTF-8"' }).end('<p>olá');
    };
    server = createServer((request, reply) => {
      requests.push(request);
      answer(request, reply);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  it('should read a page, without a cookie or anything else of ours', async () => {
    const { url, type, charset, body } = await guarded().fetch(at('site.test', '/a#b'), HTML);
    expect([url.pathname, type, charset, body.toString()]).toEqual([
      ...['/a', 'text/html', 'utf-8', '<p>olá'],
    ]);
    expect(Object.keys(requests[0]?.headers ?? {}).sort()).toEqual([
      ...['accept', 'accept-encoding', 'connection', 'host', 'user-agent'],
    ]);
    expect(requests[0]?.headers.host).toBe(`site.test:${String(port)}`);
  });

  it.each([
    ...['127.1', '0177.0.0.1', '2130706433', '0x7f000001', '0.0.0.0', '127.0.0.1', '10.1.2.3'],
    ...['[::]', '[::1]', '[::ffff:7f00:1]', '[::ffff:a9fe:a9fe]', '[64:ff9b::7f00:1]', '[fc00::1]'],
    ...['[fe80::1]', '100.64.0.1', '169.254.169.254', '169.254.170.2', '[fd00:ec2::254]'],
  ])('should refuse %s, without a packet (S35)', async (host) => {
    expect(await failing(at(host))).toBe('private');
    expect(requests).toHaveLength(0);
  });

  it('should refuse a name that leads inside, in part too (S35, S37)', async () => {
    names['localhost'] = [[LOOPBACK]];
    names['mixed.test'] = [[{ address: '8.8.8.8', family: 4 }, LOOPBACK]];
    names['metadata.test'] = [[{ address: '169.254.169.254', family: 4 }]];
    for (const host of ['localhost', 'localhost.', 'mixed.test', 'metadata.test']) {
      expect(await failing(at(host))).toBe('private');
    }
    expect(requests).toHaveLength(0);
  });

  it('should not open the metadata of a cloud, whatever is allowed', async () => {
    names['site.test'] = [[{ address: '169.254.169.254', family: 4 }]];
    expect(await failing(at('site.test'))).toBe('private');
  });

  it('should connect to the address it has vetted, not to a second answer (S37)', async () => {
    // The first answer counts; it leads to nobody (TEST-NET would be refused), the second to us.
    names['site.test'] = [[{ address: '127.0.0.9', family: 4 }], [LOOPBACK]];
    expect(await failing(at('site.test'))).toBe('unreachable');
    expect(requests).toHaveLength(0);
  });

  it.each([
    ['inside', () => at('127.0.0.1', '/secret'), 'private'],
    ['inside by a name', () => at('inner.test', '/secret'), 'private'],
    ['to another protocol', () => 'file:///etc/passwd', 'address'],
    ['with a name and a password', () => 'http://a:b@site.test/', 'address'],
    ['nowhere', () => 'http://', 'address'],
  ])('should refuse a redirect that leads %s (S36)', async (_, location, problem) => {
    names['inner.test'] = [[LOOPBACK]];
    answer = ({ url }, reply) => {
      reply.writeHead(302, { location: url === '/secret' ? '/' : location() }).end();
    };
    expect(await failing(at('site.test'))).toBe(problem);
    expect(requests.map(({ url }) => url)).toEqual(['/']);
  });

  it('should follow five redirects, and no more (S36)', async () => {
    answer = ({ url = '' }, reply) => {
      const hop = Number(url.slice(1));
      if (hop < 5) reply.writeHead(301, { location: `/${String(hop + 1)}` }).end();
      else reply.writeHead(200, { 'content-type': 'text/html' }).end('there');
    };
    const { url, body } = await guarded().fetch(at('site.test', '/0'), HTML);
    expect([url.pathname, body.toString()]).toEqual(['/5', 'there']);
    answer = (_, reply) => {
      reply.writeHead(301, { location: '/again' }).end();
    };
    requests = [];
    expect(await failing(at('site.test'))).toBe('redirects');
    expect(requests).toHaveLength(6);
  });

  it.each<[string, string, (reply: ServerResponse) => void]>([
    [
      'another kind of content',
      'type',
      (reply) => reply.writeHead(200, { 'content-type': 'image/svg+xml' }).end('x'),
    ],
    ['no kind of content', 'type', (reply) => reply.writeHead(200).end('x')],
    [
      'an error',
      'status',
      (reply) => reply.writeHead(404, { 'content-type': 'text/html' }).end('x'),
    ],
    [
      'a body that is too long, as it says',
      'size',
      (reply) =>
        reply.writeHead(200, { 'content-type': 'text/html', 'content-length': 2_000_000 }).end(),
    ],
    [
      'a body that is too long, which it does not say',
      'size',
      (reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end(Buffer.alloc(2_000_000)),
    ],
    [
      'a bomb',
      'size',
      (reply) =>
        reply
          .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(50_000_000))),
    ],
    [
      'what is not packed as it says',
      'unreachable',
      (reply) =>
        reply
          .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
          .end('<p>'),
    ],
    [
      'packed as nobody asked',
      'unreachable',
      (reply) =>
        reply.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'zstd' }).end('x'),
    ],
    [
      'half of a body',
      'unreachable',
      (reply) => {
        reply.writeHead(200, { 'content-type': 'text/html', 'content-length': 10 });
        reply.write('x');
        setTimeout(() => reply.destroy(), 20);
      },
    ],
    ['nothing', 'unreachable', (reply) => reply.destroy()],
  ])('should cut off %s (S39)', async (_, problem, behaviour) => {
    answer = (_request, reply) => {
      behaviour(reply);
    };
    expect(await failing(at('site.test'), { changes: { maxBytes: 1_000_000 } })).toBe(problem);
  });

  it('should cut off what drips, and what says nothing at all (S39)', async () => {
    answer = (_, reply) => {
      reply.writeHead(200, { 'content-type': 'text/html' });
      const drip = setInterval(() => reply.write('x'), 20);
      reply.on('close', () => {
        clearInterval(drip);
      });
    };
    expect(await failing(at('site.test'), { changes: { totalMs: 300 } })).toBe('time');
    const mute = createTcpServer();
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
    const silent = `http://site.test:${String((mute.address() as AddressInfo).port)}/`;
    expect(await failing(silent, { changes: { totalMs: 300 } })).toBe('time');
    mute.close();
  });

  it('should cut off a resolver that never answers', async () => {
    const changes = { totalMs: 100, resolve: () => new Promise<Resolved[]>(() => undefined) };
    expect(await failing(at('site.test'), { changes })).toBe('time');
  });

  it('should unpack what is packed', async () => {
    answer = (_, reply) => {
      reply
        .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
        .end(gzipSync('<p>packed'));
    };
    expect((await guarded().fetch(at('site.test'), HTML)).body.toString()).toBe('<p>packed');
  });

  it('should leave when it is told to, with the reason it was given', async () => {
    answer = () => undefined;
    const stop = new AbortController();
    const fetching = guarded().fetch(at('site.test'), HTML, stop.signal);
    while (requests.length === 0) await new Promise((later) => setTimeout(later, 5));
    stop.abort(new Error('stopped'));
    await expect(fetching).rejects.toThrow('stopped');
  });

  it('should say so when a name is not known', async () => {
    expect(await failing(at('nobody.test'))).toBe('unreachable');
  });

  it('should end no process where nobody waits any more for a name that is not known', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    const resolve = () => Promise.reject(new Error('ENOTFOUND'));
    const fetching = guarded({ resolve }).fetch(
      'http://site.test/',
      ['text/html'],
      AbortSignal.abort(),
    );
    await expect(fetching).rejects.toMatchObject({ name: 'AbortError' });
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  });
});
