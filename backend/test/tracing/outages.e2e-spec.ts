import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startLangSmithServer } from '../fakes/langsmith-server.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked, askStream } from '../harness/asking.js';
import { startChildServer } from '../harness/child-server.js';
import { aFirstAdministrator } from '../harness/api-client.js';
import { aPlace } from '../harness/place.js';
import { eventually, startTracedApp, type TracedApp, tracedTo } from './traced-app.js';

const ANSWERS = 12;
/** More than a busy machine makes of nothing, and far less than the faults below would. */
const NO_DELAY_MS = 250;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

interface Times {
  readonly first: number;
  readonly last: number;
}

/** Milliseconds from asking to the first text and to the end. */
async function timesOf({ client }: AnsweringApp, conversation: number): Promise<Times> {
  const began = performance.now();
  const stream = await askStream(client, conversation, { prompt: 'say: um dois três' });
  const first = (await stream.untilType('delta')).at - began;
  const done = await stream.untilType('done');
  expect(done.data).toMatchObject({ status: 'done' });
  return { first, last: done.at - began };
}

const medians = (times: readonly Times[]): Times => ({
  first: median(times.map(({ first }) => first)),
  last: median(times.map(({ last }) => last)),
});

/** Both in turn, so that what else the machine does strikes both. */
async function compare(one: AnsweringApp, other: AnsweringApp): Promise<[Times, Times]> {
  const places = [await aConversation(one.client), await aConversation(other.client)] as const;
  const times: [Times[], Times[]] = [[], []];
  for (let n = 0; n < ANSWERS; n += 1) {
    times[0].push(await timesOf(one, places[0]));
    times[1].push(await timesOf(other, places[1]));
  }
  return [medians(times[0]), medians(times[1])];
}

describe('LangSmith out of order', () => {
  let app: TracedApp;
  let untraced: AnsweringApp;

  beforeAll(async () => {
    app = await startTracedApp();
    untraced = await startAnsweringApp();
    await compare(app, untraced);
  });
  afterAll(async () => {
    await app.close();
    await untraced.close();
  });
  afterEach(async () => {
    // What waited arrives, and the next fault finds nothing waiting.
    app.langSmith.script({});
    app.langSmith.cut();
    const { id } = await asked(app.client, await aConversation(app.client), 'say: fim');
    await app.runsOf(id);
  }, 60_000);

  it.each([
    ['well', {}],
    ['refusing with 500', { status: 500 }],
    ['refusing with 429', { status: 429, headers: { 'retry-after': '1' } }],
    ['refusing the key', { status: 403 }],
    ['slow by 30 s', { delayMs: 30_000 }],
    ['silent', { silent: true }],
  ])(
    'should delay no answer and lose none: %s',
    async (name, behaviour) => {
      app.langSmith.script(behaviour);
      const [without, traced] = await compare(untraced, app);
      process.stdout.write(
        `first text, done (ms): without ${without.first.toFixed(1)}, ${without.last.toFixed(1)}; ` +
          `${name} ${traced.first.toFixed(1)}, ${traced.last.toFixed(1)}\n`,
      );
      expect(traced.first).toBeLessThan(without.first + NO_DELAY_MS);
      expect(traced.last).toBeLessThan(without.last + NO_DELAY_MS);
    },
    60_000,
  );

  it('should deliver each trace once, after an outage', async () => {
    app.langSmith.script({ status: 503 });
    const ids: number[] = [];
    const conversation = await aConversation(app.client);
    for (let n = 0; n < 5; n += 1) {
      ids.push((await asked(app.client, conversation, `say: ${String(n)}`)).id);
    }
    const refused = app.langSmith.requests.length;
    await eventually(() => app.langSmith.requests.length > refused);
    app.langSmith.script({});
    for (const id of ids) expect((await app.runsOf(id)).size).toBe(10);
    const roots = [...app.langSmith.runs.values()].filter((run) => !run.parent_run_id);
    const posts = roots.map((run) => run.extra.metadata['post_id']);
    for (const id of ids) expect(posts.filter((post) => post === id)).toHaveLength(1);
  }, 60_000);

  it('should find the way of an older LangSmith', async () => {
    app.langSmith.script({ multipart: false });
    const { id } = await asked(app.client, await aConversation(app.client), 'say: um');
    expect((await app.runsOf(id)).size).toBe(10);
    const sent = app.langSmith.requests.filter(({ path }) => path.startsWith('/runs/'));
    expect(sent.at(-1)?.path).toBe('/runs/batch');
  });
});

describe('the end of a server whose LangSmith', () => {
  it.each([
    ['is silent', { silent: true }],
    ['refuses', { status: 500 }],
    ['is well', {}],
  ])(
    'should not wait for it: %s',
    async (name, behaviour) => {
      const langSmith = await startLangSmithServer(behaviour);
      const place = await aPlace('sqlite', { LLM_MODELS: 'quotes', ...tracedTo(langSmith) });
      const server = await startChildServer(place.settings);
      const { client } = await aFirstAdministrator(server);
      const { id } = await asked(client, await aConversation(client), 'backup');
      const { code } = await server.end('SIGTERM');
      expect(code).toBe(0);
      expect(langSmith.requests.length).toBeGreaterThan(0);
      if (name === 'is well') {
        const roots = [...langSmith.runs.values()].filter((run) => !run.parent_run_id);
        expect(roots.map((run) => run.extra.metadata['post_id'])).toEqual([id]);
      }
      await place.drop();
      await langSmith.close();
    },
    30_000,
  );

  it('should not wait where nothing listens at all', async () => {
    const place = await aPlace('sqlite', {
      LLM_MODELS: 'quotes',
      ...tracedTo({ url: 'http://127.0.0.1:9' }),
    });
    const server = await startChildServer(place.settings);
    const { client } = await aFirstAdministrator(server);
    await asked(client, await aConversation(client), 'backup');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const { code } = await server.end('SIGINT');
    expect(code).toBe(0);
    await place.drop();
  });
});
