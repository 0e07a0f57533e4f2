import type { QueryRunner } from 'typeorm';
import { type Engine, engineOf } from '../engine.js';
import { driverCode } from '../driver-errors.js';
import { numberOf, quoted, rowsOf } from './rows.js';
import {
  asideName,
  type Tables,
  type TableShape,
  WORKSHOP_TABLES,
  type WorkshopTable,
} from './workshop-tables.rules.js';

/** The largest id that Prosa's columns hold. */
const LARGEST_ID = 2_147_483_647;

/** Seconds to wait for the old application to let go of its tables. */
const LOCK_WAIT_SECONDS = 10;

/** Finds the rows of a conversation, and a row by its id, whatever keys the workshop's SQL made. */
const READING_INDEXES: Record<WorkshopTable, string> = {
  users: 'id',
  conversation: 'id',
  posts: 'conversation_id, id',
};

const COLUMNS_SQL: Record<Engine, string> = {
  sqlite: `SELECT t.name AS "table", t.type = 'view' AS view, c.name AS "column", c.type AS type
    FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type IN ('table', 'view')`,
  mariadb: `SELECT c.table_name AS \`table\`, t.table_type <> 'BASE TABLE' AS view,
      c.column_name AS \`column\`, c.data_type AS type
    FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = DATABASE()`,
  postgres: `SELECT c.table_name AS "table", t.table_type <> 'BASE TABLE' AS view,
      c.column_name AS "column", c.data_type AS type
    FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema()`,
};

/** The tables and views of the database. */
export async function describeTables(runner: QueryRunner): Promise<Tables> {
  const tables = new Map<string, TableShape & { columns: Map<string, string> }>();
  const rows = await rowsOf<{
    table: string;
    view: number | boolean;
    column: string;
    type: string;
  }>(runner, COLUMNS_SQL[engineOf(runner)]);
  for (const { table, view, column, type } of rows) {
    const shape = tables.get(table) ?? { isView: Boolean(view), columns: new Map() };
    shape.columns.set(column.toLowerCase(), type.toLowerCase());
    tables.set(table, shape);
  }
  return tables;
}

/**
 * Why the rows could not all be told apart afterwards; undefined when they can. Ids are kept, so
 * each must be there, once, and fit.
 */
export async function problemOfIds(
  runner: QueryRunner,
  tables: Tables,
): Promise<string | undefined> {
  for (const table of WORKSHOP_TABLES.filter((name) => tables.has(name))) {
    const strays = await numberOf(
      runner,
      `SELECT COUNT(*) - COUNT(DISTINCT IF(id BETWEEN 1 AND ${String(LARGEST_ID)}, id, NULL)) AS n
       FROM ${table}`,
    );
    if (strays > 0) {
      return `${String(strays)} rows of its table "${table}" have an id that is missing, stands twice or is not between 1 and ${String(LARGEST_ID)}`;
    }
  }
  return undefined;
}

/**
 * Gives the workshop's tables other names, all in one statement that MariaDB does wholly or not at
 * all: from then on the database is half-way.
 * @throws {Error} in words, when another program keeps the tables locked.
 */
export async function setTablesAside(runner: QueryRunner, tables: Tables): Promise<void> {
  const renames = WORKSHOP_TABLES.filter((table) => tables.has(table)).map(
    (table) => `${table} TO ${asideName(table)}`,
  );
  await runner.query(`SET SESSION lock_wait_timeout = ${String(LOCK_WAIT_SECONDS)}`);
  try {
    await runner.query(`RENAME TABLE ${renames.join(', ')}`);
  } catch (error) {
    if (driverCode(error) === 'ER_LOCK_WAIT_TIMEOUT') {
      throw new Error('another program is using its tables: stop the old application first', {
        cause: error,
      });
    }
    throw error;
  } finally {
    await runner.query('SET SESSION lock_wait_timeout = DEFAULT');
  }
}

/**
 * Removes Prosa's own tables while they are still empty. An interrupted migration leaves tables
 * behind that are in nobody's list, and MariaDB cannot undo the making of a table.
 */
export async function dropEmptyOwnTables(
  runner: QueryRunner,
  tables: Tables,
  ownNames: ReadonlySet<string>,
): Promise<void> {
  if (tables.has('users') && (await numberOf(runner, 'SELECT COUNT(*) AS n FROM users')) > 0) {
    return; // People are only taken over once every table is there.
  }
  const own = [...tables.keys()].filter((name) => ownNames.has(name));
  await runner.query('SET SESSION foreign_key_checks = 0');
  try {
    for (const name of own) {
      await runner.query(`DROP TABLE ${quoted(name)}`);
    }
  } finally {
    await runner.query('SET SESSION foreign_key_checks = DEFAULT');
  }
}

/**
 * Lets new tables hold every character, whatever the workshop's database was made for.
 * @returns whether it did not before: connections remember what they found when they were made.
 */
export async function makeUnicode(runner: QueryRunner): Promise<boolean> {
  const others = await numberOf(
    runner,
    `SELECT COUNT(*) AS n FROM information_schema.schemata
     WHERE schema_name = DATABASE() AND default_character_set_name <> 'utf8mb4'`,
  );
  if (others > 0) {
    await runner.query('ALTER DATABASE CHARACTER SET utf8mb4');
  }
  return others > 0;
}

/**
 * Makes the tables that were set aside ready to be read: without foreign keys, whose names Prosa's
 * own may need and which would hinder the removal, and with the indexes the reading wants.
 * @returns what other programs lose by it, in words.
 */
export async function prepareAside(runner: QueryRunner): Promise<string[]> {
  const names: string[] = WORKSHOP_TABLES.map(asideName);
  const keys = await rowsOf<{ table: string; name: string }>(
    runner,
    `SELECT table_name AS \`table\`, constraint_name AS name
     FROM information_schema.referential_constraints
     WHERE constraint_schema = DATABASE() AND (table_name IN (?) OR referenced_table_name IN (?))`,
    [names, names],
  );
  for (const { table, name } of keys) {
    await runner.query(`ALTER TABLE ${quoted(table)} DROP FOREIGN KEY ${quoted(name)}`);
  }
  const triggers = await rowsOf<{ name: string }>(
    runner,
    `SELECT trigger_name AS name FROM information_schema.triggers
     WHERE trigger_schema = DATABASE() AND event_object_table IN (?)`,
    [names],
  );
  await prepareReading(runner);
  return [
    ...keys
      .filter(({ table }) => !names.includes(table))
      .map(
        ({ table, name }) =>
          `foreign key ${table}.${name} was removed: it pointed to one of the old tables`,
      ),
    ...triggers.map(({ name }) => `trigger ${name} ends with its table`),
  ];
}

async function prepareReading(runner: QueryRunner): Promise<void> {
  const tables = await describeTables(runner);
  if (tables.has(asideName('conversation')) && !tables.has(asideName('posts'))) {
    // The workshop had not come to its posts. Conversations are removed before posts, so it is not
    // that these are done.
    await runner.query(`CREATE TABLE ${asideName('posts')} (id int PRIMARY KEY, prompt text,
      body text, conversation_id int, created_at timestamp NULL)`);
  }
  for (const table of WORKSHOP_TABLES.filter((name) => tables.has(asideName(name)))) {
    await runner.query(
      `ALTER TABLE ${asideName(table)} ADD INDEX IF NOT EXISTS workshop_id (id),
         ADD INDEX IF NOT EXISTS workshop_reading (${READING_INDEXES[table]})`,
    );
  }
}
