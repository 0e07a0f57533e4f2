import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { databaseTarget, openDatabase, Post, Run, Usage } from '#db';
import type { DataSource } from 'typeorm';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { lastPrompt } from '../fakes/openai-server.js';
import type { AnswerStream } from '../harness/answer-stream.js';
import { aFirstAdministrator, ApiClient } from '../harness/api-client.js';
import { aConversation, askStream, getPost } from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { anAwayScene, type AwayScene, eventually, postOf } from './away-scene.js';

const WORDS = Array.from({ length: 200 }, (_, n) => `palavra${String(n)} `);
const TEXT = WORDS.join('');
const SHORTER = TEXT.slice(0, 20);

/** Two starts and the silence of a process between them, on a busy machine. */
const SLOW_START_MS = 240_000;

const PROMPTS = ['under way', 'complete', 'swept since', 'stopped since', 'deleted since'] as const;
type Prompt = (typeof PROMPTS)[number];

// F20 and F1 at once: the database is lost, and then the process is killed.
for (const engine of TEST_SERVERS) {
  describe(`a server killed while its database is away: ${engine}`, () => {
    let scene: AwayScene;
    let server: ChildServer;
    let client: ApiClient;
    let dataSource: DataSource;
    const streams = new Map<Prompt, AnswerStream>();

    beforeAll(async () => {
      scene = await anAwayScene(engine);
      server = await startChildServer(scene.settings);
      ({ client } = await aFirstAdministrator(server));
      const url = scene.place.settings['DATABASE_URL'];
      dataSource = await openDatabase(databaseTarget(url, ''));
      await askAll();
      await killedWhileAway();
      await endElsewhere('swept since', 'interrupted');
      await endElsewhere('stopped since', 'stopped');
      await dataSource.getRepository(Post).delete({ id: idOf('deleted since') });
      await scene.wire.mend();
      server = await startChildServer(scene.settings);
      const { token } = client;
      client = new ApiClient(server.url);
      client.token = token;
      await eventually(() => scene.spool().length === 0);
    }, SLOW_START_MS);
    afterAll(async () => {
      await server.end('SIGKILL');
      await dataSource.destroy();
      await scene.close();
    });

    const idOf = (prompt: Prompt) => postOf(streams.get(prompt)!);

    /** Asks everything at once; all answers but the first end once the database is away. */
    async function askAll(): Promise<void> {
      const conversation = await aConversation(client);
      const away = Promise.withResolvers<void>();
      scene.provider.script((request) => ({
        words: WORDS,
        delayMs: 3,
        endsAfter:
          lastPrompt(request) === 'under way' ? new Promise(() => undefined) : away.promise,
      }));
      for (const prompt of PROMPTS) {
        const body = { prompt, parentId: null };
        streams.set(prompt, await askStream(client, conversation, body));
      }
      await Promise.all([...streams.values()].map((stream) => stream.untilText(50)));
      await scene.wire.cut();
      away.resolve();
    }

    /** Kills the server once the disk has all that is shown. */
    async function killedWhileAway(): Promise<void> {
      const ends = () => scene.spool().filter(({ content }) => content.includes('{"end":'));
      const last = JSON.stringify(WORDS.at(-1)).slice(1, -1);
      await eventually(
        () => scene.spool().filter(({ content }) => content.includes(last)).length === 5,
      );
      await eventually(() => ends().length === 4);
      await server.end('SIGKILL');
    }

    /** What another process does to the run of one that is silent, or on a person's word. */
    async function endElsewhere(prompt: Prompt, status: 'interrupted' | 'stopped'): Promise<void> {
      const id = idOf(prompt);
      const errorCode = status === 'interrupted' ? ('RUN.INTERRUPTED' as const) : null;
      await dataSource.query(`DELETE FROM post_parts WHERE post_id = ${String(id)}`);
      await dataSource.getRepository(Post).update({ id }, { status, errorCode, body: SHORTER });
      await dataSource.getRepository(Run).update({ postId: id }, { status, endedAt: new Date() });
    }

    const untilEnded = (id: number) =>
      eventually(async () => (await getPost(client, id)).status !== 'answering');

    it('should keep all of what the disk had, for an answer under way', async () => {
      const id = idOf('under way');
      await untilEnded(id);
      const post = await getPost(client, id);
      expect(post).toMatchObject({ status: 'interrupted', error: { code: 'RUN.INTERRUPTED' } });
      expect(post.body).toBe(TEXT);
    });

    it('should end an answer that was complete as it had ended, with its bill', async () => {
      const id = idOf('complete');
      expect(await getPost(client, id)).toMatchObject({ status: 'done', error: null, body: TEXT });
      const rows = await dataSource.getRepository(Usage).findBy({ postId: id });
      expect(rows).toMatchObject([
        { outcome: 'done', completionTokens: WORDS.length, estimated: false },
      ]);
    });

    it('should give what was shown to an answer that another process has ended since', async () => {
      const post = await getPost(client, idOf('swept since'));
      expect(post).toMatchObject({ status: 'interrupted', body: TEXT });
    });

    it('should change nothing of an answer that somebody has stopped since', async () => {
      const post = await getPost(client, idOf('stopped since'));
      expect(post).toMatchObject({ status: 'stopped', body: SHORTER });
    });

    it('should forget an answer that was deleted for good since', async () => {
      const id = idOf('deleted since');
      expect(await dataSource.getRepository(Post).findOneBy({ id })).toBeNull();
      expect((await client.get(`/api/posts/${String(id)}`)).status).toBe(404);
    });
  });
}
