import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../fakes/ask-model.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { joined } from '../harness/answer-stream.js';
import { settingsFor } from '../harness/answering-app.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { aConversation, ask, askStream, expectPost, follow, getPost } from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';
import { postOf, sameAt } from '../harness/two-servers.js';

/** Read in three seconds on an idle machine, and in a few more on a busy one. */
const SHORT = Array.from({ length: 150 }, (_, n) => `palavra${String(n)} `);
/** Read in a minute: longer than any process here waits. */
const ENDLESS = Array.from({ length: 3000 }, (_, n) => `palavra${String(n)} `);
const DELAY_MS = 20;

describe('a server that is told to end', () => {
  let provider: OpenAiServer;
  let place: Place;
  let server: ChildServer;
  let client: ApiClient;

  beforeAll(async () => {
    provider = await startOpenAiServer();
    place = await aPlace('sqlite', settingsFor(provider));
    server = await startChildServer({ ...place.settings, DRAIN_SECONDS: '60' });
    ({ client } = await aFirstAdministrator(server));
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    await place.drop();
    await provider.close();
  });

  async function restart(drainSeconds: number): Promise<void> {
    await server.end('SIGKILL');
    server = await startChildServer({
      ...place.settings,
      DRAIN_SECONDS: String(drainSeconds),
    });
    client = sameAt(server, client);
  }

  const isReady = async () => (await client.get('/health/ready')).status === 200;

  it('should finish the answers under way, take no more, and end with 0', async () => {
    provider.script({ words: SHORT, delayMs: DELAY_MS });
    const conversation = await aConversation(client);
    const streams = await Promise.all(
      [1, 2, 3].map(() => askStream(client, conversation, { prompt: 'conta', parentId: null })),
    );
    const waiting = ask(client, conversation, { prompt: 'conta', parentId: null });
    await Promise.all(streams.map((stream) => stream.untilText(1)));
    const ended = server.end('SIGTERM');
    await until(async () => !(await isReady()));
    const late = await ask(
      client,
      conversation,
      { prompt: 'e eu?' },
      { 'idempotency-key': 'late' },
    );
    expect(late).toMatchObject({ status: 503, body: { error: { code: 'SERVER.STOPPING' } } });
    const joining = await follow(client, Math.min(...streams.map(postOf)));

    for (const stream of [...streams, joining]) {
      expect((await stream.all()).at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
      expect(stream.text).toBe(SHORT.join(''));
    }
    expect(expectPost(await waiting)).toMatchObject({ status: 'done', body: SHORT.join('') });
    expect((await ended).code).toBe(0);

    await restart(0);
    provider.script({ words: ['agora sim'] });
    const again = await ask(
      client,
      conversation,
      { prompt: 'e eu?' },
      { 'idempotency-key': 'late' },
    );
    expect(expectPost(again)).toMatchObject({ status: 'done', body: 'agora sim' });
  });

  it('should keep what could not be finished in time, and send its readers elsewhere', async () => {
    provider.script({ words: ENDLESS, delayMs: DELAY_MS });
    const conversation = await aConversation(client);
    const stream = await askStream(client, conversation, { prompt: 'conta sem fim' });
    const waiting = ask(client, conversation, { prompt: 'outra', parentId: null });
    await stream.untilText(200);
    expect((await server.end('SIGINT')).code).toBe(0);
    await stream.closed;
    expect(stream.frames.at(-1)).toMatchObject({ type: 'reconnect', data: { afterMs: 1000 } });
    expect(expectPost(await waiting).status).toBe('interrupted');

    await restart(0);
    const rest = await follow(client, postOf(stream), stream.frames.at(-1)?.id);
    expect((await rest.all()).at(-1)).toMatchObject({
      type: 'done',
      data: { status: 'interrupted' },
    });
    const { body, status } = await getPost(client, postOf(stream));
    expect(status).toBe('interrupted');
    expect(ENDLESS.join('').startsWith(body)).toBe(true);
    expect(joined(rest.frames, stream.text)).toBe(body);
  });
});
