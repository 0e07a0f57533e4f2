import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mariadb from 'mariadb';
import { type DatabaseTarget, databaseTarget, type Engine } from '../src/index.js';

/** An empty database for one suite. */
export interface TestDatabase {
  readonly target: DatabaseTarget;
  /** What `DATABASE_URL` would hold. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A server for tests: `mariadb://root@127.0.0.1:33306`. `tools/test.mjs` starts one. */
const MARIADB_SERVER = process.env['TEST_MARIADB_URL'];

/** The engines this machine can test; `tools/test.mjs` names those it leaves out. */
export const TEST_ENGINES: readonly Engine[] = MARIADB_SERVER ? ['sqlite', 'mariadb'] : ['sqlite'];

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
  await onServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = `${String(MARIADB_SERVER)}/${name}`;
  return {
    url,
    target: databaseTarget(url, tmpdir()),
    drop: () => onServer(`DROP DATABASE ${name}`),
  };
}

async function onServer(statement: string): Promise<void> {
  const { hostname, port, username, password } = new URL(String(MARIADB_SERVER));
  const connection = await mariadb.createConnection({
    host: hostname,
    port: Number(port),
    user: username,
    password,
  });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
