import { createHmac, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RefreshToken, Session } from '#db';
import { SigningKeys } from '../../src/auth/signing-keys.js';
import { loadEnv } from '../../src/config/load-env.js';
import { aFirstAdministrator, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const CURRENT = 'the current secret of this test, long enough';
const PREVIOUS = 'the previous secret of this test, long enough';
const RETIRED = 'the retired secret of this test, long enough';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string | undefined) =>
  JSON.parse(Buffer.from(String(part), 'base64url').toString()) as Record<string, unknown>;
const keyOf = (secret: string) => new SigningKeys(loadEnv({ JWT_SECRET: secret })).current;
const now = () => Math.floor(Date.now() / 1000);

describe('access tokens', () => {
  let app: TestApp;
  let admin: TestPerson;
  let header: Record<string, unknown>;
  let claims: Record<string, unknown>;
  beforeAll(async () => {
    app = await startTestApp('sqlite', { JWT_SECRET: CURRENT, JWT_SECRET_PREVIOUS: PREVIOUS });
    admin = await aFirstAdministrator(app);
    const [head, body] = admin.token.split('.');
    header = decode(head);
    claims = decode(body);
  });
  afterAll(() => app.close());

  /** A token with these differences from a good one. */
  const forge = (
    change: { header?: Record<string, unknown>; claims?: Record<string, unknown> } = {},
    secret: string | Buffer = CURRENT,
    hash = 'sha256',
  ) => {
    const signed = `${encode({ ...header, ...change.header })}.${encode({ ...claims, ...change.claims })}`;
    return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
  };
  const statusOf = async (authorization: string) => {
    const answer = await fetch(`${app.url}/api/auth/me`, { headers: { authorization } });
    if (answer.status === 401) {
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    return answer.status;
  };
  const status = (token: string) => statusOf(`Bearer ${token}`);

  it('should be signed by HS256, name their key, and say little', () => {
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT', kid: keyOf(CURRENT).id });
    expect(claims).toEqual({
      iss: 'prosa',
      aud: 'prosa-api',
      sub: String(admin.user.id),
      sid: expect.stringMatching(/^[0-9a-f]{32}$/),
      typ: 'access',
      iat: expect.any(Number),
      exp: Number(claims['iat']) + 900,
    });
  });

  it('should be accepted as issued, and as forged without a difference', async () => {
    expect(await status(admin.token)).toBe(200);
    expect(await status(forge())).toBe(200);
  });

  it('should be refused under another algorithm (S14)', async () => {
    const none = `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`;
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    const tokens = [
      none,
      none + admin.token.split('.')[2],
      forge({ header: { alg: 'NONE' } }),
      forge({ header: { alg: 'HS384' } }, CURRENT, 'sha384'),
      forge({ header: { alg: 'HS512' } }, CURRENT, 'sha512'),
      forge({ header: { alg: 'RS256' } }),
      forge({}, pem),
      forge({}, ''),
    ];
    expect(await Promise.all(tokens.map(status))).toEqual(tokens.map(() => 401));
  });

  it.each([
    { kid: 'unknown' },
    { kid: '../../../../dev/null' },
    { kid: "x' UNION SELECT 'secret" },
    { kid: '__proto__' },
    { kid: 7 },
    { kid: null },
    { jwk: { kty: 'oct', k: 'c2VjcmV0' } },
    { jku: 'https://evil.test/keys' },
    { x5u: 'https://evil.test/cert' },
    { crit: ['exp'] },
  ])('should be refused with the header %j (S14)', async (change) => {
    expect(await status(forge({ header: change }))).toBe(401);
  });

  it.each([
    ['exp −61 s', () => ({ exp: now() - 61 })],
    ['no exp', () => ({ exp: undefined })],
    ['nbf +61 s', () => ({ nbf: now() + 61 })],
    ['another audience', () => ({ aud: 'other' })],
    ['another issuer', () => ({ iss: 'other' })],
    ['the type of a refresh token', () => ({ typ: 'refresh' })],
    ['no type', () => ({ typ: undefined })],
    ['another person', () => ({ sub: '2' })],
    ['an invented session', () => ({ sid: '0'.repeat(32) })],
    ['a session that is no text', () => ({ sid: { $ne: null } })],
  ])('should be refused with %s (S15)', async (_, change) => {
    expect(await status(forge({ claims: change() }))).toBe(401);
  });

  it('should not be exchangeable with refresh tokens (S15)', async () => {
    expect(await status(String(admin.client.cookies.get('prosa_refresh')))).toBe(401);
    const reverse = await fetch(`${app.url}/api/auth/refresh`, {
      method: 'POST',
      headers: { origin: app.url, cookie: `prosa_refresh=${admin.token}` },
    });
    expect(reverse.status).toBe(401);
    expect(await app.dataSource.getRepository(RefreshToken).count()).toBe(1);
  });

  it.each([
    '',
    'x',
    'a.b.c',
    '..',
    `${encode({ alg: 'HS256', typ: 'JWT' })}.bm90IGpzb24.AA`,
    'null.null.null',
  ])('should be refused when they are no tokens: %j', async (token) => {
    expect(await status(token)).toBe(401);
  });

  it('should come as bearer tokens only', async () => {
    expect(await statusOf(`Basic ${admin.token}`)).toBe(401);
    expect(await statusOf(admin.token)).toBe(401);
    const inQuery = await fetch(`${app.url}/api/auth/me?access_token=${admin.token}`);
    expect(inQuery.status).toBe(401);
  });

  it('should be accepted by the previous secret, not by a retired one (S16)', async () => {
    const signedBy = (secret: string) => forge({ header: { kid: keyOf(secret).id } }, secret);
    expect(await status(signedBy(PREVIOUS))).toBe(200);
    expect(await status(signedBy(RETIRED))).toBe(401);
    expect(await status(forge({}, PREVIOUS))).toBe(401);
  });

  it.each(['secret', 'x'.repeat(31), '01234567890123456789012345678901'])(
    'should not be signed by %j (S16)',
    (secret) => {
      expect(() => loadEnv({ JWT_SECRET: secret })).toThrow('JWT_SECRET');
    },
  );

  it('should die within 30 s of what another process does (S18)', async () => {
    expect(await status(admin.token)).toBe(200);
    const sessions = app.dataSource.getRepository(Session);
    await sessions.update({ id: String(claims['sid']) }, { endedAt: new Date() });
    expect(await status(admin.token)).toBe(200);
    jest.useFakeTimers({
      now: Date.now() + 30_001,
      doNotFake: [
        'setTimeout',
        'setInterval',
        'setImmediate',
        'nextTick',
        'queueMicrotask',
        'performance',
        'hrtime',
        'clearTimeout',
        'clearInterval',
        'clearImmediate',
      ],
    });
    try {
      expect(await status(admin.token)).toBe(401);
    } finally {
      jest.useRealTimers();
    }
  });
});
