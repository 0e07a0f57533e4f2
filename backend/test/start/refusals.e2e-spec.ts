import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startChildServer } from '../harness/child-server.js';

/** What an operator gets wrong: the settings, and the words that must come back. */
const MISTAKES: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  [
    'another kind of database',
    { DATABASE_URL: 'oracle://h/d' },
    /DATABASE_URL begins with oracle:/,
  ],
  ['no address', { DATABASE_URL: 'banana' }, /DATABASE_URL is not an address/],
  ['an address with a stray %', { DATABASE_URL: 'mariadb://u:a%b@127.0.0.1/d' }, /DATABASE_URL/],
  [
    'a server that is not there',
    { DATABASE_URL: 'mariadb://u:hidden@127.0.0.1:1/d', DATABASE_WAIT_SECONDS: '0' },
    /d at 127\.0\.0\.1:1 cannot be opened \(DATABASE_URL\): nothing answers there[^]*ECONNREFUSED/,
  ],
  ['a proxy that is no address', { TRUST_PROXY: 'banana' }, /TRUST_PROXY: must be/],
];

describe('a start that cannot be', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-refusals-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const wordsOf = (settings: Readonly<Record<string, string>>) =>
    startChildServer({ LLM_MODELS: 'quotes', DATA_DIR: join(folder, 'data'), ...settings }).then(
      () => 'started',
      (error: unknown) => String(error),
    );

  it.each(MISTAKES)('should name the setting after %s, in words', async (_, settings, words) => {
    const said = await wordsOf(settings);
    expect(said).toMatch(/ended with 1/);
    expect(said).toMatch(words);
    expect(said).not.toMatch(/\n {4}at |hidden|a%b/);
  });

  it('should name DATA_DIR when it is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const said = await wordsOf({ DATA_DIR: file });
    expect(said).toMatch(/cannot be used \(DATA_DIR, DATABASE_URL\)/);
    expect(said).not.toMatch(/\n {4}at /);
  });
});

describe('a start with a mistake that concerns one model', () => {
  it('should come about, and say which model, where, and what to do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'prosa-mistakes-'));
    const file = join(folder, 'models.yaml');
    writeFileSync(file, 'models:\n  - quotes\n  - id: openai/gpt-4o\n    temperature: -3\n');
    const server = await startChildServer({
      DATA_DIR: join(folder, 'data'),
      LLM_MODELS: 'nope/x,openai/gpt-4o,quotes',
      MODELS_FILE: file,
    });
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true });
    expect(server.printed).toMatch(/LLM_MODELS: \\?"nope\/x\\?" has no provider/);
    expect(server.printed).toMatch(
      /models\.yaml, line 4: models\[1\]\.temperature must be a number from 0 to 2/,
    );
  });
});
