import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startChildServer } from '../harness/child-server.js';

const LONG = 'hidden-but-long-enough-0123456789abc';
const production = { NODE_ENV: 'production' };
const SERVER = 'mariadb://prosa:hidden-and-good@127.0.0.1:1/prosa';

/** Secrets that are missing or weak: the settings, and the words that must come back. */
const REFUSED: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  [
    'no JWT_SECRET for a shared database in production',
    { ...production, DATABASE_URL: SERVER },
    /JWT_SECRET: must be set in production .*openssl rand/,
  ],
  ['a short JWT_SECRET', { JWT_SECRET: 'hidden-short' }, /JWT_SECRET: must have at least 32 bytes/],
  [
    'a short SERVICE_TOKEN',
    { SERVICE_TOKEN: 'hidden-short' },
    /SERVICE_TOKEN: must have at least 32 bytes/,
  ],
  [
    'a SERVICE_TOKEN that no header can carry',
    { SERVICE_TOKEN: 'hidden with spaces and çedilhas ....' },
    /SERVICE_TOKEN: may hold only/,
  ],
  [
    'a short METRICS_TOKEN',
    { METRICS_TOKEN: 'hidden' },
    /METRICS_TOKEN: must have at least 16 bytes/,
  ],
  [
    'a sample as JWT_SECRET',
    { ...production, JWT_SECRET: '01234567890123456789012345678901' },
    /JWT_SECRET: is a sample value/,
  ],
  [
    'one letter as SERVICE_TOKEN in production',
    { ...production, SERVICE_TOKEN: 'h'.repeat(40) },
    /SERVICE_TOKEN: is too easy to guess/,
  ],
  [
    'one secret for two doors',
    { SERVICE_TOKEN: LONG, METRICS_TOKEN: LONG },
    /METRICS_TOKEN: is the same as SERVICE_TOKEN/,
  ],
  [
    'the sample password of a database in production',
    { ...production, JWT_SECRET: LONG, DATABASE_URL: 'mariadb://u:changeme@127.0.0.1:1/d' },
    /DATABASE_URL: its password is a sample value/,
  ],
  ['a port for two', { PORT: '39181', METRICS_PORT: '39181' }, /METRICS_PORT: is the same as PORT/],
];

describe('secrets at the start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-secrets-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const start = (settings: Readonly<Record<string, string>>) =>
    startChildServer({ LLM_MODELS: 'quotes', DATA_DIR: folder, ...settings });
  const wordsOf = (settings: Readonly<Record<string, string>>) =>
    start(settings).then(
      () => 'started',
      (error: unknown) => String(error),
    );

  it.each(REFUSED)(
    'should be refused, by name, with what to do: %s',
    async (_, settings, words) => {
      const said = await wordsOf(settings);
      expect(said).toMatch(/ended with 1/);
      expect(said).toMatch(words);
      expect(said).not.toMatch(/\n {4}at |hidden|hhhh|changeme|0123/);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('should name METRICS_PORT when somebody else has it', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const said = await wordsOf({ METRICS_PORT: String(port) });
    other.close();
    expect(said).toMatch(new RegExp(`Port ${String(port)} is taken.*METRICS_PORT=`));
    expect(said).not.toMatch(/\n {4}at /);
  });

  it('should be read from files, in production too', async () => {
    const secrets = join(folder, 'service-token');
    writeFileSync(secrets, `${LONG}\n`);
    const server = await start({ ...production, SERVICE_TOKEN_FILE: secrets });
    const answer = await fetch(`${server.url}/chat/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${LONG}`, 'content-type': 'application/json' },
      body: JSON.stringify({ question: 'How do I connect Bedrock?' }),
    });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { answer: expect.stringMatching(/\S/) as unknown, model: 'quotes' },
    ]);
    expect((await server.end('SIGTERM')).code).toBe(0);
  });
});
