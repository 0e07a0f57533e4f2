import mariadb, { type Connection } from 'mariadb';
import type { TestDatabase } from './test-databases.js';

/** The SQL by which the ml-end2end workshop makes its tables. */
const PLAIN_TABLES = [
  `CREATE TABLE users (
     id INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY,
     username VARCHAR(255),
     password VARCHAR(255),
     created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP)`,
  `CREATE TABLE conversation (
     id INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY,
     status ENUM('online', 'deleted') DEFAULT 'online',
     user_id INTEGER,
     created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
     CONSTRAINT FK_conversation_user FOREIGN KEY (user_id) REFERENCES users (id))`,
  `CREATE TABLE posts (
     id INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY,
     prompt TEXT,
     body TEXT,
     conversation_id INTEGER,
     created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
     FOREIGN KEY (conversation_id) REFERENCES conversation (id))`,
];

/** The same, as people made it who did not look: old engine and charset, no keys, more columns. */
const ROUGH_TABLES = [
  `CREATE TABLE users (
     id BIGINT UNSIGNED,
     username CHAR(200),
     password TEXT,
     created_at DATETIME,
     \`e-mail\` VARCHAR(100)) ENGINE=MyISAM DEFAULT CHARSET=latin1`,
  `CREATE TABLE conversation (
     id SMALLINT UNSIGNED PRIMARY KEY,
     status VARCHAR(20),
     user_id BIGINT,
     created_at DATE) ENGINE=MyISAM DEFAULT CHARSET=latin1`,
  `CREATE TABLE posts (
     ID INT UNSIGNED,
     PROMPT VARCHAR(2000),
     body LONGTEXT,
     conversation_id INT,
     created_at TIMESTAMP NULL,
     model VARCHAR(40) DEFAULT 'flan') ENGINE=MyISAM DEFAULT CHARSET=latin1`,
];

const TABLES = { plain: PLAIN_TABLES, rough: ROUGH_TABLES };

/** A row's values, in the order of the workshop's columns. */
export interface WorkshopRows {
  /** id, username, password, created_at */
  readonly users?: readonly (readonly unknown[])[];
  /** id, status, user_id, created_at */
  readonly conversation?: readonly (readonly unknown[])[];
  /** id, prompt, body, conversation_id, created_at */
  readonly posts?: readonly (readonly unknown[])[];
}

const COLUMNS = {
  users: 'id, username, password, created_at',
  conversation: 'id, status, user_id, created_at',
  posts: 'id, prompt, body, conversation_id, created_at',
} as const;

/** Runs `work` on a connection of its own. */
export async function onDatabase<T>(
  { url }: Pick<TestDatabase, 'url'>,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { hostname: host, port, username: user, password, pathname } = new URL(url);
  const connection = await mariadb.createConnection({
    ...{ host, port: Number(port), user, password, database: pathname.slice(1) },
    ...{ timezone: 'Z', bigIntAsNumber: true, dateStrings: true, charset: 'utf8mb4' },
  });
  return work(connection).finally(() => connection.end());
}

/** Turns an empty database into one of the workshop. */
export async function fillWorkshop(
  database: Pick<TestDatabase, 'url'>,
  rows: WorkshopRows,
  kind: keyof typeof TABLES = 'plain',
): Promise<void> {
  await onDatabase(database, async (connection) => {
    if (kind === 'rough') {
      await connection.query('ALTER DATABASE CHARACTER SET latin1');
    }
    for (const statement of TABLES[kind]) {
      await connection.query(statement);
    }
    for (const table of ['users', 'conversation', 'posts'] as const) {
      const values = rows[table] ?? [];
      const places = COLUMNS[table].replace(/\w+/g, '?');
      if (values.length > 0) {
        await connection.batch(
          `INSERT INTO ${table} (${COLUMNS[table]}) VALUES (${places})`,
          values.map((row) => [...row]),
        );
      }
    }
  });
}

/** Every table with its definition and its rows, in an order that depends on them alone. */
export async function dumpOf(
  database: Pick<TestDatabase, 'url'>,
): Promise<Record<string, { definition: string; rows: Record<string, unknown>[] }>> {
  return onDatabase(database, async (connection) => {
    const names = await connection.query<{ name: string }[]>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1',
    );
    const dump: Awaited<ReturnType<typeof dumpOf>> = {};
    for (const { name } of names) {
      const [made] = await connection.query<Record<string, string>[]>(
        `SHOW CREATE TABLE \`${name}\``,
      );
      const rows = await connection.query<Record<string, unknown>[]>(`SELECT * FROM \`${name}\``);
      dump[name] = {
        definition: String(made?.['Create Table']).replace(/ AUTO_INCREMENT=\d+/, ''),
        rows: rows.sort((a, b) => orderOf(a).localeCompare(orderOf(b))),
      };
    }
    return dump;
  });
}

const orderOf = (row: Record<string, unknown>) =>
  `${String(Number(row['id'] ?? 0)).padStart(12)} ${JSON.stringify(row)}`;
