import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, databaseTarget, PostPart, Usage } from '#db';
import type { DataSource } from 'typeorm';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { type AnswerStream, joined } from '../harness/answer-stream.js';
import { settingsFor } from '../harness/answering-app.js';
import { aFirstAdministrator, ApiClient } from '../harness/api-client.js';
import {
  aConversation,
  ask,
  askStream,
  branchOf,
  expectPost,
  follow,
  getPost,
} from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';

const WORDS = Array.from({ length: 400 }, (_, n) => `palavra${String(n)} `);

/** What a crash may lose of shown text: the interval of checkpoints and one commit on a busy machine. */
const MAY_LOSE_MS = 250 + 250;

describe.each(TEST_ENGINES)('a server that crashes, on %s', (engine) => {
  let provider: OpenAiServer;
  let place: Place;
  let server: ChildServer;
  let client: ApiClient;

  beforeAll(async () => {
    provider = await startOpenAiServer({ words: WORDS, delayMs: 15 });
    place = await aPlace(engine, settingsFor(provider));
    server = await startChildServer(place.settings);
    ({ client } = await aFirstAdministrator(server));
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    await place.drop();
    await provider.close();
  });

  const postOf = (stream: AnswerStream) => Number(stream.frames[0]?.data['postId']);

  /** The next process; the token of the one before is as good here. */
  async function restart(): Promise<void> {
    server = await startChildServer(place.settings);
    const { token } = client;
    client = new ApiClient(server.url);
    client.token = token;
  }

  async function untilEnded(id: number, limitMs: number) {
    for (const begin = performance.now(); ; await wait(100)) {
      const post = await getPost(client, id);
      if (post.status !== 'answering' || performance.now() - begin > limitMs) return post;
    }
  }

  async function inDatabase<T>(look: (dataSource: DataSource) => Promise<T>): Promise<T> {
    const url = place.settings['DATABASE_URL'];
    const dataSource = await openDatabase(databaseTarget(url, String(place.settings['DATA_DIR'])));
    try {
      return await look(dataSource);
    } finally {
      await dataSource.destroy();
    }
  }

  it('should lose nothing to kill -9 but the text of the last moment', async () => {
    const conversation = await aConversation(client);
    const stream = await askStream(client, conversation, {
      prompt: 'uma resposta longa',
      knowledge: true,
    });
    await stream.untilText(1);
    const { sources } = (await stream.untilType('sources')).data;
    provider.script({ silent: true });
    const body = { prompt: 'sem resposta ainda', parentId: null };
    const key = { 'idempotency-key': 'before-the-crash' };
    const silent = await askStream(client, conversation, body, key);
    await silent.untilType('context');
    await stream.untilText(600);
    const killedAt = performance.now();
    await server.end('SIGKILL');
    await Promise.all([stream.closed, silent.closed]);
    expect(stream.types).not.toContain('done');

    await restart();
    const limit = engine === 'sqlite' ? 0 : 10_000;
    const post = await untilEnded(postOf(stream), limit);
    expect(post).toMatchObject({ status: 'interrupted', error: { code: 'RUN.INTERRUPTED' } });
    expect(post.model).toBe('openai/fake-chat');
    expect(post.sources).toEqual(sources);
    const safe = joined(stream.frames.filter(({ at }) => at < killedAt - MAY_LOSE_MS));
    expect(safe.length).toBeGreaterThan(0);
    expect(WORDS.join('').startsWith(post.body)).toBe(true);
    expect(post.body.length).toBeGreaterThanOrEqual(safe.length);

    const unanswered = await untilEnded(postOf(silent), limit);
    expect(unanswered).toMatchObject({ status: 'interrupted', body: '' });
    const all = await branchOf(client, conversation, 'branch=all');
    expect(all.map(({ prompt }) => prompt)).toEqual(['sem resposta ainda', 'uma resposta longa']);

    const resumed = await follow(client, post.id, stream.frames.at(-1)?.id);
    const rest = await resumed.all();
    expect(joined(rest, stream.text)).toBe(post.body);
    expect(rest.at(-1)).toMatchObject({ type: 'done', data: { status: 'interrupted' } });
    const retried = expectPost(await ask(client, conversation, body, key));
    expect(retried.id).toBe(unanswered.id);
    const streamed = await askStream(client, conversation, body, key);
    expect((await streamed.all())[0]).toMatchObject({
      type: 'post',
      data: { postId: unanswered.id, conversationId: conversation },
    });

    provider.script({ words: ['e fim'] });
    const path = `/api/posts/${String(post.id)}/continue`;
    const continued = expectPost(await client.post(path));
    expect(continued).toMatchObject({ status: 'done', body: `${post.body}e fim` });
    await server.end('SIGKILL');
    await inDatabase(async (dataSource) => {
      const rows = await dataSource.getRepository(Usage).find({ order: { id: 'ASC' } });
      expect(rows.map(({ outcome, closedAt }) => [outcome, closedAt !== null])).toEqual([
        ['interrupted', true],
        ['interrupted', true],
        ['done', true],
      ]);
      // What nobody is left to tell is taken from the prompt as it was sent and the text that is kept.
      for (const { promptTokens, promptEstimate, estimated } of rows.slice(0, 2)) {
        expect(estimated).toBe(true);
        expect(promptTokens).toBeGreaterThan(0);
        expect(promptTokens).toBeLessThanOrEqual(Number(promptEstimate));
      }
      const [shown, silence] = rows.map(({ completionTokens }) => completionTokens);
      expect(shown).toBeGreaterThan(post.body.length / 5);
      expect(shown).toBeLessThan(post.body.length);
      expect(silence).toBe(0);
      expect(await dataSource.getRepository(PostPart).count()).toBe(0);
    });
    await restart();
  }, 90_000);
});
