import { afterEach, describe, expect, it } from '@jest/globals';
import type { Engine } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, askStream } from '../harness/asking.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { errorOf, jsonOf, send, type WireAnswer } from '../security/wire.js';

/** Makes the database refuse what every process writes every two seconds. */
const REFUSE: Readonly<Record<Engine, readonly [string, string]>> = {
  sqlite: [
    "CREATE TRIGGER refuse BEFORE UPDATE ON processes BEGIN SELECT RAISE(ABORT, 'no'); END",
    'DROP TRIGGER refuse',
  ],
  mariadb: [
    `CREATE TRIGGER refuse BEFORE UPDATE ON processes
     FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'`,
    'DROP TRIGGER refuse',
  ],
  postgres: [
    'CREATE RULE refuse AS ON UPDATE TO processes DO INSTEAD SELECT 1 / 0',
    'DROP RULE refuse ON processes',
  ],
};

const PROBES = ['/health', '/health/ready'];

describe('readiness', () => {
  let app: TestApp | undefined;
  afterEach(() => app?.close());

  const probe = async (path: string): Promise<WireAnswer> => send(app ?? { url: '' }, { path });
  const until = async (path: string, status: number): Promise<WireAnswer> => {
    for (;;) {
      const answer = await probe(path);
      if (answer.status === status) return answer;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };

  it('should tell the model that is asked', async () => {
    app = await startAnsweringApp();
    expect(jsonOf(await probe('/health'))).toEqual({ status: 'ok', model: MODEL });
  });

  it.each(TEST_ENGINES)(
    'should end while %s takes nothing that is written, and come back',
    async (engine) => {
      app = await startTestApp(engine);
      const [refuse, allow] = REFUSE[engine];
      expect((await probe('/health/ready')).status).toBe(200);
      await app.dataSource.query(refuse);
      const answer = await until('/health/ready', 503);
      expect(errorOf(answer).code).toBe('SERVER.STORAGE_UNAVAILABLE');
      expect(answer.headers['retry-after']).toBe('2');
      expect((await probe('/health')).status).toBe(503);
      expect((await probe('/health/live')).status).toBe(200);
      await app.dataSource.query(allow);
      await until('/health', 200);
    },
    30_000,
  );

  it.each(PROBES)('should end at %s when the database does not answer', async (path) => {
    app = await startTestApp();
    await app.dataSource.query('SELECT 1');
    const runner = app.dataSource.createQueryRunner();
    await runner.startTransaction(); // SQLite has one connection: nobody else is answered.
    const answer = await probe(path);
    expect([answer.status, errorOf(answer).code]).toEqual([503, 'SERVER.DATABASE_UNAVAILABLE']);
    await runner.rollbackTransaction();
    await runner.release();
  });

  it('should end at once when the server is told to stop, while an answer is under way', async () => {
    const answering = await startAnsweringApp();
    answering.provider.script({ words: ['Um ', 'dois'], delayMs: 300 });
    const id = await aConversation(answering.client);
    const stream = await askStream(answering.client, id, { prompt: 'Devagar' });
    await stream.untilType('delta');
    app = answering;
    const [answer] = await Promise.all([
      new Promise<WireAnswer>((resolve) => {
        setImmediate(() => void probe('/health/ready').then(resolve));
      }),
      answering.app.close(),
    ]);
    app = undefined;
    await answering.provider.close();
    expect([answer.status, errorOf(answer).code]).toEqual([503, 'SERVER.STOPPING']);
  });
});
