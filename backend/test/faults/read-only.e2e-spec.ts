import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OwnServer, startOwnServer } from '../../../db/test/own-server.js';
import { createTestDatabase, onTestServer, TEST_SERVERS } from '../../../db/test/test-databases.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { settingsFor } from '../harness/answering-app.js';
import { aFirstAdministrator, type ApiClient } from '../harness/api-client.js';
import { aConversation, ask, askStream, branchOf, getPost } from '../harness/asking.js';
import { aPlace, type Place } from '../harness/place.js';
import type { TestApp } from '../harness/test-app.js';
import { eventually, postOf } from './away-scene.js';

// No canary begins with the last letter: nothing of the last word is held back.
const WORDS = Array.from({ length: 50 }, (_, n) => `palavra${String(n)}z `);

/** A database that can be made one that is only read, as after a failover. */
interface Changeable {
  readonly url: string;
  readOnly(is: boolean): Promise<void>;
  drop(): Promise<void>;
}

// F21 of the research on reliability: MariaDB's 1290, PostgreSQL's 25006.
for (const engine of TEST_SERVERS) {
  describe(`a database that takes no writing for a while: ${engine}`, () => {
    let database: Changeable;
    let provider: OpenAiServer;
    let place: Place;
    let app: TestApp;
    let client: ApiClient;
    let conversation: number;

    beforeAll(async () => {
      database = await (engine === 'mariadb' ? anOwnMariadb() : aPostgres());
      provider = await startOpenAiServer();
      place = await aPlace('sqlite', settingsFor(provider));
      app = await place.start({ DATABASE_URL: database.url });
      ({ client } = await aFirstAdministrator(app));
      conversation = await aConversation(client);
    });
    afterAll(async () => {
      await app.close();
      await place.drop();
      await provider.close();
      await database.drop();
    });

    it('should refuse new questions with 503, stream on, and store all of it afterwards', async () => {
      const end = Promise.withResolvers<void>();
      provider.script({ words: WORDS, delayMs: 2, endsAfter: end.promise });
      const stream = await askStream(client, conversation, { prompt: 'uma resposta longa' });
      await stream.untilText(10);
      await database.readOnly(true);
      await eventually(async () => {
        const { status, body } = await ask(client, conversation, { prompt: 'recusada' });
        expect(status).toBe(503);
        const { code } = body['error'] as { code: string };
        return code === 'SERVER.STORAGE_UNAVAILABLE';
      });
      await stream.untilText(WORDS.join('').length);
      end.resolve();
      await database.readOnly(false);
      const frames = await stream.all();
      expect(frames.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
      expect(await getPost(client, postOf(stream))).toMatchObject({ body: WORDS.join('') });
      expect(await branchOf(client, conversation, 'branch=all')).toHaveLength(1);
    });
  });
}

/** On a server of its own: the setting is the whole server's, and its administrator is exempt. */
async function anOwnMariadb(): Promise<Changeable> {
  const server: OwnServer = await startOwnServer('mariadb');
  const run = (statement: string) => onTestServer('mariadb', statement, undefined, server.url);
  await run('CREATE DATABASE prosa CHARACTER SET utf8mb4');
  await run("CREATE USER prosa IDENTIFIED BY 'prosa'");
  await run('GRANT ALL ON prosa.* TO prosa');
  const url = new URL(`${server.url}/prosa`);
  url.username = 'prosa';
  url.password = 'prosa';
  return {
    url: url.href,
    async readOnly(is) {
      await run(`SET GLOBAL read_only = ${String(Number(is))}`);
    },
    drop: () => server.stop(),
  };
}

async function aPostgres(): Promise<Changeable> {
  const database = await createTestDatabase('postgres');
  const name = new URL(database.url).pathname.slice(1);
  return {
    url: database.url,
    async readOnly(is) {
      const setting = is ? 'on' : 'off';
      await onTestServer(
        'postgres',
        `ALTER DATABASE ${name} SET default_transaction_read_only = ${setting}`,
      );
      // It holds for new sessions.
      await onTestServer(
        'postgres',
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
    },
    drop: () => database.drop(),
  };
}
