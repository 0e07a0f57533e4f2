import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_SERVERS } from '../../../db/test/test-databases.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { aConversation, ask, asked, askStream, getPost } from '../harness/asking.js';
import type { TestApp } from '../harness/test-app.js';
import { anAwayScene, type AwayScene, eventually, postOf, spoolOf } from './away-scene.js';

/** 100 kB in all: more than may be held by memory alone. */
const LONG = Array.from({ length: 200 }, (_, n) => `${String(n)}:${'x'.repeat(500)} `);

// F22 of the research on reliability, together with F20: no room for what is shown.
for (const engine of TEST_SERVERS.slice(0, 1)) {
  describe(`an answer that can be kept nowhere: ${engine}`, () => {
    let scene: AwayScene;
    let app: TestApp;
    let client: ApiClient;
    let conversation: number;

    beforeAll(async () => {
      scene = await anAwayScene(engine);
    });
    afterEach(async () => {
      await scene.wire.mend();
      await app.close();
    });
    afterAll(() => scene.close());

    async function start(settings: Readonly<Record<string, string>>): Promise<void> {
      const url = String(scene.settings['DATABASE_URL']);
      app = await scene.place.start({ DATABASE_URL: url, ...settings });
    }

    /** Loses the database, lets the model talk on, and waits until the readers are told. */
    async function expectToldAndKept(prepare: (runId: string) => void): Promise<void> {
      scene.provider.script({ words: ['antes ', ...LONG], delayMs: 15 });
      const stream = await askStream(client, conversation, { prompt: 'longa', parentId: null });
      await stream.untilText(6);
      prepare(String(stream.frames[0]?.data['runId']));
      await scene.wire.cut();
      const { data } = await stream.untilType('error');
      expect(data).toMatchObject({ code: 'SERVER.STORAGE_UNAVAILABLE', retryable: true });
      expect(stream.types).not.toContain('done');
      await eventually(() => scene.provider.requests.at(-1)?.aborted !== undefined);
      await scene.wire.mend();
      const frames = await stream.all();
      expect(frames.filter(({ type }) => type === 'error')).toHaveLength(1);
      expect(frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'interrupted' } });
      expect(await getPost(client, postOf(stream))).toMatchObject({
        status: 'interrupted',
        error: { code: 'SERVER.STORAGE_UNAVAILABLE' },
        body: stream.text,
      });
    }

    it('should end when the spool has reached its bound, and be told of at once', async () => {
      await start({ SPOOL_MB: '0' });
      ({ client } = await aFirstAdministrator(app));
      conversation = await aConversation(client);
      await expectToldAndKept(() => undefined);
      expect(scene.spool()).toEqual([]);
    });

    it('should end when the disk of the spool is full, and answer again afterwards', async () => {
      await start({});
      const { token } = client;
      client = Object.assign(Object.create(client) as ApiClient, { url: app.url, token });
      const folder = spoolOf(scene.place);
      // A device that is always full.
      await expectToldAndKept((runId) => {
        mkdirSync(folder, { recursive: true });
        symlinkSync('/dev/full', join(folder, `${runId}.jsonl`));
      });
      scene.provider.script({});
      expect(await asked(client, conversation, 'say: de novo')).toMatchObject({ body: 'de novo' });
    });
  });
}

describe('an embedded database whose disk fills up in the middle of an answer', () => {
  let app: AnsweringApp;
  let conversation: number;

  beforeAll(async () => {
    app = await startAnsweringApp();
    conversation = await aConversation(app.client);
    await asked(app.client, conversation, 'say: antes');
  });
  afterAll(() => app.close());

  it('should stream on, refuse new questions, and store all of it when there is room', async () => {
    const end = Promise.withResolvers<void>();
    const words = LONG.slice(0, 100);
    app.provider.script({ words, delayMs: 2, endsAfter: end.promise });
    const stream = await askStream(app.client, conversation, { prompt: 'longa' });
    await stream.untilText(10);
    await app.dataSource.query('PRAGMA max_page_count = 1'); // Not one page more than it has.
    await stream.untilText(words.join('').length);
    const refused = await ask(app.client, conversation, { prompt: 'muito texto '.repeat(1000) });
    expect(refused).toMatchObject({
      status: 503,
      body: { error: { code: 'SERVER.STORAGE_UNAVAILABLE' } },
    });
    end.resolve();
    expect(stream.types).not.toContain('done');
    await app.dataSource.query('PRAGMA max_page_count = 1000000');
    await stream.all();
    expect(await getPost(app.client, postOf(stream))).toMatchObject({
      status: 'done',
      body: words.join(''),
    });
  });
});
