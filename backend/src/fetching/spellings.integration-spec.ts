import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { urlToHttpOptions } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PACKAGE_ROOT } from '../platform/package-root.js';
import { hostOf, parseAddress } from './address.rules.js';
import { FetchFailure } from './fetch-failure.js';
import { FETCH_DEFAULTS, GuardedFetch } from './guarded-fetch.js';

/** The same numbers at each run: what fails once must fail again. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const FULL_WIDTH = '０１２３４５６７８９';

/** Loopback and the metadata of clouds, as browsers and resolvers let them be written. */
function aSpelling(random: (below: number) => number): string {
  const oneOf = <T>(all: readonly T[]): T => all[random(all.length)] as T;
  const [a, b, c, d] = oneOf<[number, number, number, number]>([
    [127, 0, 0, 1],
    [127, random(256), random(256), 1],
    [169, 254, 169, 254],
    [10, random(256), 0, 7],
    [0, 0, 0, 0],
  ]);
  const number = (value: number): string =>
    oneOf([
      String(value),
      `0x${value.toString(16)}`,
      `0${value.toString(8)}`,
      `0X000${value.toString(16).toUpperCase()}`,
    ]);
  const inFour = [a, b, c, d].map(number).join(oneOf(['.', '。', '．', '%2e']));
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (high: number, low: number) => (high * 256 + low).toString(16);
  const host = oneOf([
    inFour,
    number(whole),
    `${number(a)}.${number((b * 256 + c) * 256 + d)}`,
    `${number(a)}.${number(b)}.${number(c * 256 + d)}`,
    `${String(a)}.${String(b)}.${String(c)}.${String(d)}`.replace(
      /\d/g,
      (digit) => FULL_WIDTH[Number(digit)] ?? '',
    ),
    `[::ffff:${hex(a, b)}:${hex(c, d)}]`,
    `[0:0:0:0:0:FFFF:${String(a)}.${String(b)}.${String(c)}.${String(d)}]`,
    `[::${hex(a, b)}:${hex(c, d)}]`,
    `[64:ff9b::${hex(a, b)}:${hex(c, d)}]`,
    `[2002:${hex(a, b)}:${hex(c, d)}::1]`,
    ...['[::1]', '[0000::0001]', '[fe80::1]', '[fd00:ec2::254]', 'localhost', 'LOCALHOST.'],
    ...['ⓛocalhost', 'loc%61lhost', 'a.localhost', `${inFour}.nip.test`, 'metadata.internal'],
  ]);
  return `${host}${oneOf(['', '', '.'])}`;
}

const TRICKS: readonly ((host: string, port: number) => string)[] = [
  (host, port) => `http://${host}:${String(port)}/`,
  (host, port) => `HTTP:${host}:${String(port)}`,
  (host, port) => `http:\\\\${host}:${String(port)}/`,
  (host, port) => `http://example.com@${host}:${String(port)}/`,
  (host, port) => `http://${host}:${String(port)}\\@example.com/`,
  (host, port) => `http://${host}:${String(port)}#@example.com/`,
  (host, port) => `http://${host}:${String(port)}?@example.com/`,
  (host, port) => `ht\ttp://${host}\n:${String(port)}/`,
  (host, port) => `http:///${host}:${String(port)}/`,
  (host, port) => `  http://${host}:0${String(port)}/ `,
  (host, port) => `http://example.com%00@${host}:${String(port)}/`,
  (host, port) => `//${host}:${String(port)}/`,
];

describe('spellings of addresses that lead inside (S35, S38)', () => {
  let canary: Server;
  let port: number;
  let packets = 0;

  beforeAll(async () => {
    canary = createServer((_, reply) => void reply.end('secret'));
    canary.on('connection', () => (packets += 1));
    await new Promise<void>((done) => canary.listen(0, done));
    ({ port } = canary.address() as AddressInfo);
  });
  afterAll(() => new Promise((done) => canary.close(done)));

  it('should all be refused, without a packet to who listens there', async () => {
    const random = randomNumbers(2026);
    // Names that are no spelling of a number lead to loopback as well.
    const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const door = new GuardedFetch({ ...FETCH_DEFAULTS, allowed: [], resolve });
    const answers = new Map<string, number>();
    for (let count = 0; count < 3000; count += 1) {
      const trick = TRICKS[random(TRICKS.length)] ?? String;
      const address = trick(aSpelling(random), port);
      const problem = await door.fetch(address, ['text/html']).then(
        () => address,
        (error: unknown) => (error instanceof FetchFailure ? error.problem : String(error)),
      );
      answers.set(problem, (answers.get(problem) ?? 0) + 1);
    }
    expect([...answers.keys()].sort()).toEqual(['address', 'private']);
    expect(answers.get('private')).toBeGreaterThan(1000);
    expect(packets).toBe(0);
  });

  it('should name one host to who checks and to who connects', () => {
    const random = randomNumbers(7);
    let agreed = 0;
    for (let count = 0; count < 3000; count += 1) {
      const text = (TRICKS[random(TRICKS.length)] ?? String)(aSpelling(random), 8080);
      let url: URL;
      try {
        url = parseAddress(text);
      } catch {
        continue;
      }
      // What node:http connects to is taken from here.
      const { hostname, port: connected } = urlToHttpOptions(url);
      expect(String(hostname).replace(/\.+$/, '')).toBe(hostOf(url));
      expect(String(connected ?? '')).toBe(url.port);
      expect(parseAddress(url.href).href).toBe(url.href);
      agreed += 1;
    }
    expect(agreed).toBeGreaterThan(500);
  });

  it.each(['22', '25', '110', '445', '993'])(
    'should not speak to port %s, at which no page stands',
    async (service) => {
      const resolve = () => Promise.reject(new Error('nobody is to be looked up'));
      const door = new GuardedFetch({ ...FETCH_DEFAULTS, allowed: [], resolve });
      await expect(door.fetch(`http://example.com:${service}/`, [])).rejects.toMatchObject({
        problem: 'address',
      });
    },
  );

  it('should not go through a proxy of the environment, which would look names up itself', async () => {
    const script = `
      const { GuardedFetch, FETCH_DEFAULTS } = await import('./backend/src/fetching/guarded-fetch.ts');
      const allowed = [{ host: 'site.test', below: false, port: null }];
      const resolve = async () => [{ address: '127.0.0.2', family: 4 }];
      const door = new GuardedFetch({ ...FETCH_DEFAULTS, allowed, resolve });
      for (const address of ['http://site.test:1/', 'https://site.test:1/', 'http://127.0.0.1:8080/']) {
        await door.fetch(address, ['text/html']).catch((error) => console.log(error.problem));
      }`;
    const proxy = `http://127.0.0.1:${String(port)}`;
    const child = spawn(
      process.execPath,
      [
        ...['--import', join(PACKAGE_ROOT, 'tools/typescript-sources.mjs')],
        ...['--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
        ...['--input-type=module', '--eval', script],
      ],
      {
        cwd: PACKAGE_ROOT,
        env: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy, HTTPS_PROXY: proxy, http_proxy: proxy },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let said = '';
    child.stdout.on('data', (part: Buffer) => (said += part.toString()));
    await new Promise((done) => child.on('close', done));
    expect(said.trim().split('\n')).toEqual(['unreachable', 'unreachable', 'private']);
    expect(packets).toBe(0);
  });
});
