import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { dateOf, dayAt } from '../../src/platform/civil-days.rules.js';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import {
  type LangSmithServer,
  startLangSmithServer,
  type StoredRun,
} from '../fakes/langsmith-server.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { settingsFor } from '../harness/answering-app.js';
import { aFirstAdministrator, ApiClient } from '../harness/api-client.js';
import { aConversation, asked } from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';
import { titledSettings } from '../titles/titled-app.js';
import { eventually, tracedTo } from '../tracing/traced-app.js';

const COMMAND = join(import.meta.dirname, '../../../dist/backend/src/reconcile/main.js');
const MISTRAL = 'bedrock/mistral.mistral-large-2402-v1:0';

/** What the command printed, and how it ended. */
interface Said {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

async function run(settings: Readonly<Record<string, string>>, ...args: string[]): Promise<Said> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, err, code: await ended };
}

/** Where it is about noon now: what these tests make lies in one day. */
const [ZONE, TODAY] = (() => {
  const now = new Date();
  const hours = now.getUTCHours() - 12;
  const zone = `Etc/GMT${hours < 0 ? '-' : '+'}${String(Math.abs(hours))}`;
  return [zone, dateOf(dayAt(zone, now))];
})();

describe.each(TEST_ENGINES)('the reconciliation of a day, on %s', (engine) => {
  let provider: OpenAiServer;
  let bedrock: BedrockServer;
  let langSmith: LangSmithServer;
  let place: Place;
  let server: ChildServer;
  let client: ApiClient;
  let settings: Readonly<Record<string, string>>;

  beforeAll(async () => {
    provider = await startOpenAiServer((request, index) =>
      request.model === 'fake-title'
        ? { words: ['Um ', 'título'] }
        : index === 0
          ? { status: 500 }
          : {},
    );
    bedrock = await startBedrockServer();
    langSmith = await startLangSmithServer();
    settings = {
      ...settingsFor(provider),
      ...titledSettings,
      ...tracedTo(langSmith),
      LLM_MODELS: `openai/fake-chat,openai/fake-title,${MISTRAL}`,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      AWS_ACCESS_KEY_ID: 'AKIACANARY',
      AWS_SECRET_ACCESS_KEY: 'canary of the secret key',
      TIME_ZONE: ZONE,
    };
    place = await aPlace(engine, settings);
    server = await startChildServer(place.settings);
    ({ client } = await aFirstAdministrator(server));
    // Four calls: one that fails, the second attempt, and a priced answer; each conversation a title.
    await asked(client, await aConversation(client), 'say: um');
    await asked(client, await aConversation(client), 'say: um dois', { model: MISTRAL });
    await eventually(() => modelRuns().length === 5);
  }, 120_000);
  afterAll(async () => {
    await server.end('SIGKILL');
    await place.drop();
    await Promise.all([langSmith.close(), provider.close(), bedrock.close()]);
  });

  const modelRuns = (): StoredRun[] =>
    [...langSmith.runs.values()].filter(({ run_type: type }) => type === 'llm');

  const reconcile = (...args: string[]) => run(place.settings, '--day', TODAY, ...args);

  /** Changes what LangSmith counts of a run while something is looked at. */
  async function withRun<T>(
    { id, ...rest }: StoredRun,
    usage: Readonly<Record<string, number>> | undefined,
    look: () => Promise<T>,
  ): Promise<T> {
    const run: StoredRun = { id, ...rest };
    const { metadata } = run.extra;
    const changed = { ...(metadata['usage_metadata'] as object), ...usage };
    langSmith.replace(
      id,
      usage && { ...run, extra: { metadata: { ...metadata, usage_metadata: changed } } },
    );
    try {
      return await look();
    } finally {
      langSmith.replace(id, run);
    }
  }

  /** The answer of the model whose price is known. */
  function priced(): StoredRun {
    const name = MISTRAL.replace('bedrock/', '');
    const found = modelRuns().find(({ extra }) => extra.metadata['ls_model_name'] === name);
    if (!found) throw new Error('LangSmith has no run of the priced model');
    return found;
  }

  it('should find both sides equal, titles and failed attempts included, while the server runs', async () => {
    const { out, err, code } = await reconcile();
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toMatch(
      /^Day \d{4}-\d\d-\d\d \(Etc\/GMT[+-]\d+\), project prosa-test of LangSmith\n/,
    );
    expect(out).toMatch(/^ledger +5 /m);
    expect(out).toMatch(/^LangSmith +5 /m);
    expect(out).toMatch(/^equal +5$/m);
    expect(out).toMatch(/^different \(ledger\) +0 /m);
    // 11 tokens in at 4 dollars a million, 2 out at 12.
    expect(out).toMatch(/^ledger .* 0\.000068000 and 4 of unknown price$/m);
    expect(out).toMatch(/^LangSmith .* 0\.000068000 and 4 of unknown price$/m);
    const pages = langSmith.requests.filter(({ path }) => path === '/api/v2/runs/query');
    expect(pages.length).toBeGreaterThan(1);
  });

  // What follows asks the database nothing else.
  if (engine !== 'sqlite') return;

  it('should list a call whose tokens and cost are others', async () => {
    const changed = { input_tokens: 12, total_cost: 0.000072 };
    const { out, code } = await withRun(priced(), changed, () => reconcile());
    expect(code).toBe(1);
    expect(out).toMatch(/^equal +4$/m);
    expect(out).toMatch(/^ {2}#\d+ .* answer {2}bedrock\/mistral\S+ {2}tokens in, cost$/m);
    expect(out).toMatch(/^ +ledger +in 11 {2}out 2 {2}US\$ 0\.000068000$/m);
    expect(out).toMatch(
      /^ +LangSmith +in 12 {2}out 2 {2}US\$ 0\.000072000 {2}trace [\da-f-]{36}$/m,
    );
  });

  it('should list a call that did not arrive', async () => {
    const { out, code } = await withRun(priced(), undefined, () => reconcile());
    expect(code).toBe(1);
    expect(out).toMatch(/^only in the ledger +1 +11 +2 +0\.000068000$/m);
    expect(out).toMatch(/did not arrive$/m);
  });

  it('should list a call that the ledger does not know', async () => {
    const stranger = structuredClone(priced());
    const metadata = { ...stranger.extra.metadata, run_id: 'f'.repeat(32) };
    const id = stranger.id.replace(/.{12}$/, 'f'.repeat(12));
    langSmith.replace(id, { ...stranger, id, extra: { metadata } });
    const { out, code } = await reconcile();
    langSmith.replace(id, undefined);
    expect(code).toBe(1);
    expect(out).toMatch(/^only in LangSmith +1 /m);
    expect(out).toMatch(/of another ledger$/m);
  });

  it('should find a day without calls equal', async () => {
    const { out, code } = await run(place.settings, '--day', '2020-02-29');
    expect(code).toBe(0);
    expect(out).toMatch(/^ledger +0 /m);
  });

  it.each<[string, Record<string, string>, string[], RegExp]>([
    ['no day', {}, [], /^--day must be a date/],
    ['a day that does not exist', {}, ['--day', '2026-02-30'], /^--day must be a date/],
    ['an unknown option', {}, ['--dya', '2026-02-28'], /--dya/],
    [
      'no key',
      { LANGSMITH_API_KEY: '', LANGSMITH_TRACING: '' },
      [],
      /^LANGSMITH_API_KEY: is needed/,
    ],
    ['another project', {}, ['--project', 'nobody'], /^LANGSMITH_PROJECT: .*nobody/],
    ['a zone that is none', { TIME_ZONE: 'Mars/Olympus' }, [], /TIME_ZONE/],
    ['no such address', { DATABASE_URL: 'oracle://x/y' }, [], /DATABASE_URL/],
    ['no database', { DATABASE_URL: 'file:/nowhere/prosa.db' }, [], /There is no database/],
  ])('should end with 2 and say what is wrong: %s', async (name, wrong, args, words) => {
    const day = args.includes('--day') || name === 'no day' || name === 'an unknown option';
    const said = await run(
      { ...place.settings, ...wrong },
      ...args,
      ...(day ? [] : ['--day', TODAY]),
    );
    expect(said.err).toMatch(words);
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).not.toMatch(/\n +at /);
  });

  it.each([
    ['that refuses the key', { status: 403 }, /^LANGSMITH_API_KEY: .*403/],
    ['that does not list runs', { status: 404 }, /^LANGSMITH_ENDPOINT: /],
  ])('should end with 2 for a LangSmith %s', async (_, behaviour, words) => {
    langSmith.script(behaviour);
    const { code, err } = await reconcile();
    langSmith.script({});
    expect(code).toBe(2);
    expect(err.replace(/^\[LANGSMITH\].*\n/gm, '')).toMatch(words);
  });

  it('should tell what was not traced apart, and find nothing wrong with it', async () => {
    await server.end('SIGTERM');
    server = await startChildServer({ ...place.settings, LANGSMITH_TRACING: 'false' });
    const { token } = client;
    client = new ApiClient(server.url);
    client.token = token;
    await asked(client, await aConversation(client, { title: 'dado' }), 'say: em casa');
    const { out, code } = await reconcile();
    expect(code).toBe(0);
    expect(out).toMatch(/^ledger +6 /m);
    expect(out).toMatch(/^equal +5$/m);
    expect(out).toMatch(/^not traced +1 /m);
    expect(out).toContain('LANGSMITH_TRACING was off');
    expect(modelRuns()).toHaveLength(5);
  }, 60_000);
});
