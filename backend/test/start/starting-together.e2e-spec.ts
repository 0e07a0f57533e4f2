import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mariadb from 'mariadb';
import pg from 'pg';
import {
  createTestDatabase,
  TEST_SERVERS,
  type TestDatabase,
} from '../../../db/test/test-databases.js';
import { startChildServer } from '../harness/child-server.js';

const PROCESSES = 2;

describe.each(TEST_SERVERS)('processes that start at once on an empty %s', (engine) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase(engine);
  });
  afterEach(() => database.drop());

  const start = () =>
    startChildServer({
      LLM_MODELS: 'quotes',
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      JWT_SECRET: 'the secret that these processes share, all of it',
    });

  it('should migrate it once, and all serve it', async () => {
    const servers = await Promise.all(Array.from({ length: PROCESSES }, start));
    for (const { url } of servers) {
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    }
    const ran = await database.query<{ name: string }>('SELECT name FROM migrations');
    expect(ran.length).toBeGreaterThan(3);
    expect(new Set(ran.map(({ name }) => name)).size).toBe(ran.length);
    await Promise.all(servers.map((server) => server.end('SIGTERM')));
  });

  it('should wait for another one that is upgrading it, and say so', async () => {
    const release = await holdLock(database);
    const starting = start();
    let started = false;
    void starting.then(() => (started = true));
    await waitingFor(database);
    await wait(1500);
    expect(started).toBe(false);
    expect(await tablesOf(database)).toEqual([]);
    await release();
    const server = await starting;
    expect(server.printed).toMatch(/^Waiting: another process is upgrading the database$/m);
    await server.end('SIGTERM');
  });
});

/** Takes the lock as another process would. @returns the way to give it back. */
async function holdLock({ target }: TestDatabase): Promise<() => Promise<void>> {
  if (target.engine === 'sqlite') {
    throw new Error('an embedded database has no such lock');
  }
  const { host, port, username: user, password, database } = target;
  const account = { host, port, user, password, database };
  if (target.engine === 'postgres') {
    const client = new pg.Client(account);
    await client.connect();
    await client.query('SELECT pg_advisory_lock(7706523)');
    return () => client.end();
  }
  const connection = await mariadb.createConnection(account);
  await connection.query("SELECT GET_LOCK(CONCAT('prosa_', SHA1(DATABASE())), 0)");
  return () => connection.end();
}

/** Waits until another connection to the database is there beside the one that holds the lock. */
async function waitingFor(database: TestDatabase): Promise<void> {
  const connections =
    database.target.engine === 'postgres'
      ? 'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
      : 'SELECT id FROM information_schema.PROCESSLIST WHERE db = DATABASE() AND id <> CONNECTION_ID()';
  while ((await database.query(connections)).length < 2) await wait(100);
}

const tablesOf = (database: TestDatabase) =>
  database.query(
    database.target.engine === 'postgres'
      ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
      : 'SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
