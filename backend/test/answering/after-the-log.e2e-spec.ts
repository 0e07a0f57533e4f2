import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { joined } from '../harness/answer-stream.js';
import { settingsFor } from '../harness/answering-app.js';
import { aFirstAdministrator, ApiClient, PASSWORD } from '../harness/api-client.js';
import { aConversation, asked, askStream, follow } from '../harness/asking.js';
import { aPlace, type Place } from '../harness/place.js';
import type { TestApp } from '../harness/test-app.js';

const ANSWER = 'tudo isto está guardado';

describe.each(TEST_ENGINES)('an answer whose log is gone, on %s', (engine) => {
  let provider: OpenAiServer;
  let place: Place;
  let app: TestApp;
  let client: ApiClient;
  let done: number;
  let cut: number;
  let lastId: string;

  beforeAll(async () => {
    provider = await startOpenAiServer();
    place = await aPlace(engine, settingsFor(provider));
    const before = await place.start();
    const admin = await aFirstAdministrator(before);
    const conversation = await aConversation(admin.client);
    const stream = await askStream(admin.client, conversation, { prompt: `say: ${ANSWER}` });
    const frames = await stream.all();
    done = Number(frames[0]?.data['postId']);
    lastId = frames.at(-1)?.id ?? '';
    provider.script({ words: ['meia ', 'resposta'], dieAfter: 1 });
    cut = (await asked(admin.client, conversation, 'conta')).id;
    await before.close();
    app = await place.start();
    client = new ApiClient(app.url);
    await client.signIn('admin', PASSWORD);
  });
  afterAll(async () => {
    await app.close();
    await place.drop();
    await provider.close();
  });

  it('should come from the database: the rest of the text, then the end', async () => {
    for (let chars = 0; chars <= ANSWER.length; chars += 1) {
      const frames = await (await follow(client, done, `7.${String(chars)}`)).all();
      expect(joined(frames, ANSWER.slice(0, chars))).toBe(ANSWER);
      expect(frames.map(({ type }) => type)).toEqual(
        chars === ANSWER.length ? ['done'] : ['delta', 'done'],
      );
      // Told from its beginning, and what the reader has is left out: the end keeps its number.
      expect(frames[0]?.id.startsWith(chars === ANSWER.length ? '9.' : '8.')).toBe(true);
    }
  });

  it('should give a new reader everything at once', async () => {
    const stream = await follow(client, done);
    expect((await stream.all()).map(({ type }) => type)).toEqual(['post', 'delta', 'done']);
    expect(stream.text).toBe(ANSWER);
  });

  it('should end a reader who had everything', async () => {
    const frames = await (await follow(client, done, lastId)).all();
    expect(frames.map(({ type, data }) => [type, data])).toEqual([['done', { status: 'done' }]]);
  });

  it('should replace text that was shown and not stored', async () => {
    const frames = await (await follow(client, done, '9.999')).all();
    expect(frames.map(({ type }) => type)).toEqual(['replace', 'done']);
    expect(joined(frames, 'x'.repeat(999))).toBe(ANSWER);
  });

  it('should tell the error before the end', async () => {
    const frames = await (await follow(client, cut, '2.0')).all();
    expect(frames.map(({ type }) => type)).toEqual(['delta', 'error', 'done']);
    expect(frames[1]?.data).toMatchObject({ code: 'MODEL.CUT_SHORT' });
    expect(frames[2]?.data).toEqual({ status: 'interrupted' });
  });

  it('should join the run of a key after a restart', async () => {
    const conversation = await aConversation(client);
    const body = { prompt: 'say: só uma vez' };
    const key = { 'idempotency-key': 'over-restart' };
    provider.script({});
    await (await askStream(client, conversation, body, key)).all();
    const calls = provider.requests.length;
    await app.close();
    app = await place.start();
    client = new ApiClient(app.url);
    await client.signIn('admin', PASSWORD);
    const again = await askStream(client, conversation, body, key);
    await again.all();
    expect(again.text).toBe('só uma vez');
    expect(provider.requests.length).toBe(calls);
  });
});
