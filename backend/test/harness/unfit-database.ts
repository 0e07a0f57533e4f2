import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { openDatabase } from '#db';
import type { TestDatabase } from '../../../db/test/test-databases.js';
import { startChildServer } from './child-server.js';

/** Everything about a database that a refused start must leave as it was. */
const PICTURE = {
  sqlite: "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
  mariadb: `SELECT t.TABLE_NAME AS name, t.TABLE_COMMENT AS comment, t.TABLE_COLLATION AS collation,
      c.COLUMN_NAME AS col, c.COLUMN_TYPE AS type, t.TABLE_ROWS IS NULL AS view
    FROM information_schema.TABLES t JOIN information_schema.COLUMNS c USING (TABLE_SCHEMA, TABLE_NAME)
    WHERE t.TABLE_SCHEMA = DATABASE() ORDER BY 1, 4`,
  postgres: `SELECT table_name AS name, column_name AS col, data_type AS type
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`,
} as const;

const COUNTED = ['migrations', 'processes', 'users', 'posts'];

/** The tables, their columns, and how many rows the important ones have. */
async function pictureOf(database: TestDatabase): Promise<unknown> {
  const tables = await database.query<{ name: string }>(PICTURE[database.target.engine]);
  const there = new Set(tables.map(({ name }) => name));
  const counts = [];
  for (const table of COUNTED.filter((name) => there.has(name))) {
    counts.push(table, await database.query(`SELECT COUNT(*) AS n FROM ${table}`));
  }
  return { tables, counts };
}

/**
 * Starts the built server on a database that it must refuse.
 * @param settings beside `DATABASE_URL`.
 * @returns what it printed; holds it against what every refusal must be: exit code 1, the name of
 * the setting, no stack, no secret, and a database that is as it was before.
 */
export async function refusedUnchanged(
  database: TestDatabase,
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-unfit-'));
  const before = await pictureOf(database);
  const said = await startChildServer({
    LLM_MODELS: 'quotes',
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    DATABASE_WAIT_SECONDS: '0',
    ...settings,
  }).then(
    async (server) => {
      await server.end('SIGKILL');
      return 'it started';
    },
    (error: unknown) => String(error),
  );
  rmSync(folder, { recursive: true, force: true });
  expect(said).toMatch(/ended with 1:/);
  expect(said).toContain('(DATABASE_URL)');
  expect(said).not.toMatch(/\n {4}at |geheim/);
  expect(await pictureOf(database)).toEqual(before);
  return said;
}

/** Gives the database the tables of this version. */
export async function migrated(database: TestDatabase): Promise<void> {
  const dataSource = await openDatabase(database.target);
  await dataSource.destroy();
}
