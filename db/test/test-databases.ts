import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mariadb from 'mariadb';
import pg from 'pg';
import { type DatabaseTarget, databaseTarget, type Engine } from '../src/index.js';

/** An empty database for one suite. */
export interface TestDatabase {
  readonly target: DatabaseTarget;
  /** What `DATABASE_URL` would hold. */
  readonly url: string;
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

/** Makes an empty database on the engine. */
export async function createTestDatabase(engine: Engine): Promise<TestDatabase> {
  if (engine === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'prosa-test-'));
    const url = `file:${join(folder, 'prosa.db')}`;
    return {
      url,
      target: databaseTarget(url, folder),
      drop: () => {
        rmSync(folder, { recursive: true, force: true });
        return Promise.resolve();
      },
    };
  }
  const name = `prosa_test_${randomBytes(6).toString('hex')}`;
  await onTestServer(engine, `CREATE DATABASE ${name} ${UNICODE[engine]}`);
  const url = `${String(SERVERS[engine])}/${name}`;
  return {
    url,
    target: databaseTarget(url, tmpdir()),
    drop: () => onTestServer(engine, `DROP DATABASE ${name} ${TOGETHER_WITH_SESSIONS[engine]}`),
  };
}

const UNICODE = { mariadb: 'CHARACTER SET utf8mb4', postgres: "ENCODING 'UTF8'" };

/** PostgreSQL keeps a database to which somebody is still connected, a killed server say. */
const TOGETHER_WITH_SESSIONS = { mariadb: '', postgres: 'WITH (FORCE)' };

/** Runs a statement as the server's administrator. */
export async function onTestServer(
  engine: Exclude<Engine, 'sqlite'>,
  statement: string,
): Promise<void> {
  const { hostname, port, username, password } = new URL(String(SERVERS[engine]));
  const account = { host: hostname, port: Number(port), user: username, password };
  if (engine === 'postgres') {
    const client = new pg.Client({ ...account, database: 'postgres' });
    await client.connect();
    await client.query(statement).finally(() => client.end());
    return;
  }
  const connection = await mariadb.createConnection(account);
  await connection.query(statement).finally(() => connection.end());
}
