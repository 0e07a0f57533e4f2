import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import mariadb from 'mariadb';
import pg from 'pg';
import { type DatabaseTarget, databaseTarget, type Engine } from '../src/index.js';

/** An empty database for one suite. */
export interface TestDatabase {
  readonly target: DatabaseTarget;
  /** What `DATABASE_URL` would hold. */
  readonly url: string;
  /** Runs one statement past Prosa, on a connection of its own. */
  query<Row>(statement: string): Promise<Row[]>;
  drop(): Promise<void>;
}

/** Servers for tests: `mariadb://root@127.0.0.1:33306`. `tools/test.mjs` starts them. */
const SERVERS: Readonly<Record<Exclude<Engine, 'sqlite'>, string | undefined>> = {
  mariadb: process.env['TEST_MARIADB_URL'],
  postgres: process.env['TEST_POSTGRES_URL'],
};

/** The database servers this machine can test; `tools/test.mjs` names those it leaves out. */
export const TEST_SERVERS = (['mariadb', 'postgres'] as const).filter((engine) => SERVERS[engine]);

/** The engines this machine can test. */
export const TEST_ENGINES: readonly Engine[] = ['sqlite', ...TEST_SERVERS];

/**
 * Makes an empty database on the engine.
 * @param encoding on a server, the end of the statement that makes it.
 */
export async function createTestDatabase(engine: Engine, encoding?: string): Promise<TestDatabase> {
  if (engine === 'sqlite') {
    return anEmbeddedDatabase();
  }
  const name = `prosa_test_${randomBytes(6).toString('hex')}`;
  await onTestServer(engine, `CREATE DATABASE ${name} ${encoding ?? UNICODE[engine]}`);
  const url = `${String(SERVERS[engine])}/${name}`;
  return {
    url,
    // The machine that tests is a busy one.
    target: databaseTarget(url, tmpdir(), { waitSeconds: 15 }),
    query: (statement) => onTestServer(engine, statement, name),
    async drop() {
      await onTestServer(engine, `DROP DATABASE ${name} ${TOGETHER_WITH_SESSIONS[engine]}`);
    },
  };
}

function anEmbeddedDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-test-'));
  const file = join(folder, 'prosa.db');
  const url = `file:${file}`;
  return {
    url,
    target: databaseTarget(url, folder),
    query: <Row>(statement: string) => {
      const database = new Database(file);
      try {
        const prepared = database.prepare(statement);
        return Promise.resolve((prepared.reader ? prepared.all() : (prepared.run(), [])) as Row[]);
      } finally {
        database.close();
      }
    },
    drop: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

const UNICODE = { mariadb: 'CHARACTER SET utf8mb4', postgres: "ENCODING 'UTF8'" };

/** PostgreSQL keeps a database to which somebody is still connected, a killed server say. */
const TOGETHER_WITH_SESSIONS = { mariadb: '', postgres: 'WITH (FORCE)' };

/**
 * Runs a statement as the server's administrator.
 * @param database in which; absent: wherever the administrator is.
 */
export async function onTestServer<Row>(
  engine: Exclude<Engine, 'sqlite'>,
  statement: string,
  database?: string,
  server = String(SERVERS[engine]),
): Promise<Row[]> {
  const { hostname, port, username, password } = new URL(server);
  const account = { host: hostname, port: Number(port), user: username, password };
  if (engine === 'postgres') {
    const client = new pg.Client({ ...account, database: database ?? 'postgres' });
    await client.connect();
    try {
      const answer: { rows: unknown[] } = await client.query(statement);
      return answer.rows as Row[];
    } finally {
      await client.end();
    }
  }
  const connection = await mariadb.createConnection({ ...account, ...(database && { database }) });
  try {
    const answer: unknown = await connection.query(statement);
    return Array.isArray(answer) ? (answer as Row[]) : [];
  } finally {
    await connection.end();
  }
}
