import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Reservation, Usage } from '#db';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { aConversation, askStream, getPost } from '../harness/asking.js';
import type { TestApp } from '../harness/test-app.js';
import { anAwayScene, type AwayScene, eventually, postOf } from './away-scene.js';

// No canary begins with the last letter: nothing of the last word is held back.
const WORDS = Array.from({ length: 200 }, (_, n) => `palavra${String(n)}z `);

// F20 of the research on reliability: the database is lost while answers are being made.
for (const engine of TEST_SERVERS) {
  describe(`a database lost in the middle of an answer: ${engine}`, () => {
    let scene: AwayScene;
    let app: TestApp;
    let client: ApiClient;
    let conversation: number;

    beforeAll(async () => {
      scene = await anAwayScene(engine);
      app = await scene.place.start({ DATABASE_URL: String(scene.settings['DATABASE_URL']) });
      ({ client } = await aFirstAdministrator(app));
      const limit = { scope: 'everyone', measure: 'tokens', period: 'day', amount: 10_000_000 };
      expect((await client.put('/api/limits', limit)).status).toBe(200);
      conversation = await aConversation(client);
    });
    afterEach(() => scene.wire.mend());
    afterAll(async () => {
      await app.close();
      await scene.close();
    });

    /** An answer that goes on until the test lets it end. */
    async function anAnswer(delayMs: number) {
      const end = Promise.withResolvers<void>();
      scene.provider.script({ words: WORDS, delayMs, endsAfter: end.promise });
      const stream = await askStream(client, conversation, { prompt: 'uma resposta longa' });
      await stream.untilText(50);
      expect(await app.dataSource.getRepository(Reservation).count()).toBeGreaterThan(0);
      return { stream, text: WORDS.join(''), end: end.resolve };
    }

    async function expectWhole(id: number, text: string): Promise<void> {
      expect(await getPost(client, id)).toMatchObject({ status: 'done', error: null, body: text });
      const rows = await app.dataSource.getRepository(Usage).findBy({ postId: id });
      expect(rows).toMatchObject([
        { outcome: 'done', completionTokens: WORDS.length, estimated: false },
      ]);
      expect(rows[0]?.closedAt).toBeInstanceOf(Date);
      expect(await app.dataSource.getRepository(Reservation).count()).toBe(0);
    }

    it('should stream on, keep what is shown on the disk meanwhile, and store all of it', async () => {
      const { stream, text, end } = await anAnswer(5);
      await scene.wire.cut();
      const lost = stream.text.length;
      await eventually(() => scene.spool().length === 1);
      const [file] = scene.spool();
      expect(file).toMatchObject({ name: `${String(stream.frames[0]?.data['runId'])}.jsonl` });
      expect(file?.mode).toBe('600');
      expect(stream.text.length).toBeGreaterThan(lost);
      await stream.untilText(text.length);
      expect(stream.types).not.toContain('done');
      await scene.wire.mend();
      end();
      const frames = await stream.all();
      expect(frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
      await expectWhole(postOf(stream), text);
      expect(scene.spool()).toEqual([]);
    });

    it('should settle what ended meanwhile, with its bill', async () => {
      const { stream, text, end } = await anAnswer(1);
      await scene.wire.cut();
      end();
      await eventually(() => scene.spool().some(({ content }) => content.includes('"end"')));
      await scene.wire.mend();
      const frames = await stream.all();
      expect(frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
      await expectWhole(postOf(stream), text);
      expect(scene.spool()).toEqual([]);
    });

    it('should do the same for a server that hangs and refuses nothing', async () => {
      const { stream, text, end } = await anAnswer(5);
      scene.wire.damage({ hangs: true });
      await eventually(() => scene.spool().length === 1);
      end();
      await eventually(() => scene.spool().some(({ content }) => content.includes('"end"')));
      await scene.wire.mend();
      await stream.all();
      await expectWhole(postOf(stream), text);
      expect(scene.spool()).toEqual([]);
    });
  });
}
