import { setTimeout as wait } from 'node:timers/promises';
import mariadb from 'mariadb';
import pg from 'pg';
import type { ServerTarget } from './database-target.js';
import { untilReached } from './reach-server.js';
import { mariadbAccount, postgresAccount } from './server-options.js';

/** Longest a starting process waits for another one that is migrating. */
const LONGEST_WAIT_MS = 120_000;
const LOOK_AGAIN_MS = 250;
const ALIVE_MS = 20_000;

/** How long the wait is silent: others are mostly done by then. */
const SILENT_MS = 1000;

/** Any number, the same in every process. PostgreSQL's locks belong to one database. */
const POSTGRES_KEY = 7_706_523;

/** MariaDB's belong to the whole server, and their names have 64 characters at most. */
const MARIADB_NAME = "CONCAT('prosa_', SHA1(DATABASE()))";

/** The one process's right to change the schema. */
export interface MigrationLock {
  /** @throws {Error} the driver's, when the connection that holds the lock broke. */
  requireHeld(): Promise<void>;
}

interface LockConnection extends MigrationLock {
  tryToTake(): Promise<boolean>;
  /** Gives the lock back, too. */
  close(): Promise<void>;
}

/**
 * Runs `work` while no other process that calls this for the same database does. The lock has a
 * connection of its own, outside the pool, and ends with it, however this process ends.
 * @param say takes a line for the operator while another process has the lock.
 * @throws {Error} when it is not free within two minutes.
 */
export async function withMigrationLock<T>(
  target: ServerTarget,
  say: (line: string) => void,
  work: (lock: MigrationLock) => Promise<T>,
): Promise<T> {
  const connection = await untilReached(target, say, () =>
    target.engine === 'mariadb' ? onMariadb(target) : onPostgres(target),
  );
  // A server or a firewall may end a connection that is silent for long.
  const alive = setInterval(() => void connection.requireHeld().catch(() => undefined), ALIVE_MS);
  try {
    await take(connection, say);
    return await work(connection);
  } finally {
    clearInterval(alive);
    await connection.close();
  }
}

async function take(connection: LockConnection, say: (line: string) => void): Promise<void> {
  const begin = performance.now();
  let said = false;
  while (!(await connection.tryToTake())) {
    const waited = performance.now() - begin;
    if (waited > LONGEST_WAIT_MS) {
      throw new Error('another process has been upgrading it for two minutes: try again later');
    }
    if (!said && waited > SILENT_MS) {
      said = true;
      say('Waiting: another process is upgrading the database');
    }
    await wait(LOOK_AGAIN_MS);
  }
}

async function onMariadb(target: ServerTarget): Promise<LockConnection> {
  const connection = await mariadb.createConnection(mariadbAccount(target));
  connection.on('error', () => undefined); // The next statement tells.
  return {
    async tryToTake() {
      const rows = await connection.query<{ got: number | bigint | null }[]>(
        `SELECT GET_LOCK(${MARIADB_NAME}, 0) AS got`,
      );
      return Number(rows[0]?.got) === 1;
    },
    async requireHeld() {
      await connection.query('SELECT 1');
    },
    close: () => connection.end().catch(() => undefined),
  };
}

async function onPostgres(target: ServerTarget): Promise<LockConnection> {
  const client = new pg.Client({ ...postgresAccount(target), keepAlive: true });
  client.on('error', () => undefined); // The next statement tells.
  await client.connect();
  return {
    async tryToTake() {
      const { rows } = await client.query<{ got: boolean }>(
        'SELECT pg_try_advisory_lock($1) AS got',
        [POSTGRES_KEY],
      );
      return rows[0]?.got === true;
    },
    async requireHeld() {
      await client.query('SELECT 1');
    },
    close: () => client.end().catch(() => undefined),
  };
}
