import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { MetricsServer } from '../../src/platform/metrics-server.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, ask, asked, askStream } from '../harness/asking.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { errorOf, send } from '../security/wire.js';

const METRICS_TOKEN = 'metrics-token-of-the-tests';

const read = (url: string, token?: string) =>
  fetch(`${url}/metrics`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

/** The values of a metric by their labels, as Prometheus reads them. */
const valuesOf = (text: string, name: string): Record<string, number> =>
  Object.fromEntries(
    [...text.matchAll(/^(\w+)(\{.*\})? (\S+)$/gm)]
      .filter(([, found]) => found === name)
      .map(([, , labels = '', value]) => [labels, Number(value)]),
  );

describe.each(TEST_ENGINES)('metrics on %s', (engine) => {
  let app: AnsweringApp;
  const metrics = async () => (await read(app.url, METRICS_TOKEN)).text();
  const until = async (found: (text: string) => boolean): Promise<string> => {
    for (;;) {
      const text = await metrics();
      if (found(text)) return text;
    }
  };

  beforeAll(async () => {
    app = await startAnsweringApp(engine, { METRICS_TOKEN });
  });
  afterAll(() => app.close());

  it('should be in the format that Prometheus asks for', async () => {
    const answer = await read(app.url, METRICS_TOKEN);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each([undefined, '', 'metrics-token-of-the-testz', 'metrics-token-of-the-test'])(
    'should be kept from whoever sends %j',
    async (token) => {
      const answer = await send(app, { path: '/metrics', token });
      expect([answer.status, errorOf(answer).code]).toEqual([401, 'AUTH.REQUIRED']);
    },
  );

  it('should be kept from a signed-in administrator', async () => {
    expect((await read(app.url, app.admin.token)).status).toBe(401);
  });

  it('should count answers, their tokens and times by model', async () => {
    app.provider.script({ words: ['Um ', 'dois ', 'três.'] });
    const id = await aConversation(app.client);
    await asked(app.client, id, 'Conte até três');
    const text = await metrics();
    const of = `provider="openai",model="${MODEL}"`;
    expect(valuesOf(text, 'prosa_answers_total')).toEqual({ [`{${of},status="done"}`]: 1 });
    const tokens = valuesOf(text, 'prosa_tokens_total');
    expect(tokens[`{${of},direction="completion"}`]).toBe(3);
    expect(tokens[`{${of},direction="prompt"}`]).toBeGreaterThan(3);
    expect(valuesOf(text, 'prosa_answer_first_text_seconds_count')).toEqual({ [`{${of}}`]: 1 });
    expect(valuesOf(text, 'prosa_answer_duration_seconds_count')).toEqual({ [`{${of}}`]: 1 });
    expect(valuesOf(text, 'prosa_provider_errors_total')).toEqual({});
  });

  it('should count the errors of providers by code', async () => {
    app.provider.script({ status: 401, body: '{"error":{"message":"no"}}' });
    await ask(app.client, await aConversation(app.client), { prompt: 'Fala algo' });
    expect(valuesOf(await metrics(), 'prosa_provider_errors_total')).toEqual({
      [`{provider="openai",model="${MODEL}",code="MODEL.UNAUTHORIZED"}`]: 1,
    });
  });

  it('should count requests by the pattern of their route', async () => {
    for (const id of [2_000_000_001, 2_000_000_002]) {
      await app.client.get(`/api/posts/${String(id)}`);
    }
    await app.client.get('/api/palavra-secreta');
    const text = await metrics();
    const counts = valuesOf(text, 'prosa_http_request_duration_seconds_count');
    expect(counts['{route="/api/posts/:id",method="GET",status="404"}']).toBe(2);
    expect(text).not.toMatch(/palavra-secreta|2000000001/);
  });

  it('should show what is open: runs and readers, and how each stream ended', async () => {
    app.provider.script({ words: ['Um ', 'dois ', 'três.'], delayMs: 300 });
    const id = await aConversation(app.client);
    const stream = await askStream(app.client, id, { prompt: 'Devagar' });
    await stream.untilType('delta');
    const during = await metrics();
    expect(valuesOf(during, 'prosa_runs_open')).toEqual({ '': 1 });
    expect(valuesOf(during, 'prosa_stream_readers')).toEqual({ '': 1 });
    const left = await askStream(app.client, await aConversation(app.client), {
      prompt: 'Fala mais',
    });
    await left.untilType('delta');
    await left.leave();
    await stream.all();
    const after = await until((text) => valuesOf(text, 'prosa_runs_open')[''] === 0);
    expect(valuesOf(after, 'prosa_stream_readers')).toEqual({ '': 0 });
    const route = 'route="/api/conversations/:id/posts"';
    expect(valuesOf(after, 'prosa_http_stream_duration_seconds_count')).toEqual({
      [`{${route},outcome="done"}`]: 1,
      [`{${route},outcome="left"}`]: 1,
    });
  });

  it('should show the process, its event loop and the connections to the database', async () => {
    const text = await metrics();
    expect(valuesOf(text, 'process_resident_memory_bytes')['']).toBeGreaterThan(10_000_000);
    expect(valuesOf(text, 'nodejs_eventloop_lag_p99_seconds')['']).toBeGreaterThan(0);
    const connections = valuesOf(text, 'prosa_database_connections');
    expect(Object.keys(connections)).toEqual([
      '{state="used"}',
      '{state="idle"}',
      '{state="waiting"}',
    ]);
    const open = Number(connections['{state="used"}']) + Number(connections['{state="idle"}']);
    expect(open).toBeGreaterThan(0);
  });

  it('should show who waits for the database', async () => {
    const waiting = async () =>
      valuesOf(await metrics(), 'prosa_database_connections')['{state="waiting"}'] ?? 0;
    expect(await waiting()).toBe(0);
    const runners = Array.from({ length: 12 }, () => app.dataSource.createQueryRunner());
    const busy = runners.map((runner) => runner.startTransaction());
    expect(await waiting()).toBeGreaterThan(0);
    for (const [at, started] of busy.entries()) {
      await started;
      await runners[at]?.rollbackTransaction();
      await runners[at]?.release();
    }
    expect(await waiting()).toBe(0);
  });
});

describe('metrics where nobody asked for them', () => {
  let app: TestApp;
  const start = async (settings: Record<string, string>) => {
    app = await startTestApp('sqlite', settings);
    await app.app.get(MetricsServer).listen();
    return app.app.get(MetricsServer).port;
  };
  afterEach(() => app.close());

  it('should be nowhere', async () => {
    expect(await start({})).toBeUndefined();
    const answer = await send(app, { path: '/metrics' });
    expect([answer.status, errorOf(answer).code]).toEqual([404, 'REQUEST.NOT_FOUND']);
  });

  it('should be on a port of their own only, where they have one', async () => {
    const port = await start({ METRICS_PORT: '0' });
    expect((await send(app, { path: '/metrics' })).status).toBe(404);
    const own = `http://127.0.0.1:${String(port)}`;
    expect((await read(own)).status).toBe(200);
    expect((await fetch(`${own}/api/setup`)).status).toBe(404);
    expect((await fetch(`${own}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  it('should ask for the token there too', async () => {
    const port = await start({ METRICS_PORT: '0', METRICS_TOKEN });
    expect((await read(app.url, METRICS_TOKEN)).status).toBe(404);
    const own = `http://127.0.0.1:${String(port)}`;
    expect((await read(own)).status).toBe(401);
    expect((await read(own, METRICS_TOKEN)).status).toBe(200);
  });
});
