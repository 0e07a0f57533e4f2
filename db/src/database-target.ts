import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the database is, once its address has been understood. */
export type DatabaseTarget =
  | { readonly engine: 'sqlite'; readonly file: string; readonly folder: string }
  | {
      readonly engine: 'mariadb';
      readonly host: string;
      readonly port: number;
      readonly username: string;
      readonly password: string;
      readonly database: string;
      readonly poolSize: number;
    };

const SERVER_PROTOCOLS = new Map([
  ['mariadb:', 3306],
  ['mysql:', 3306],
]);

/**
 * Reads `DATABASE_URL`. Without one the database is a file in the data folder.
 * @throws {Error} naming what is wrong; never repeats the password.
 */
export function databaseTarget(
  url: string | undefined,
  dataFolder: string,
  poolSize = 10,
): DatabaseTarget {
  if (url === undefined) {
    return sqliteTarget(join(dataFolder, 'prosa.db'));
  }
  if (url.startsWith('file:')) {
    return sqliteTarget(url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length));
  }
  if (!URL.canParse(url)) {
    throw new Error('DATABASE_URL is not an address: expected file:… or mariadb://…');
  }
  if (/%(?![\da-f]{2})/i.test(url)) {
    throw new Error('DATABASE_URL holds a lone %: write %25 for a % in a name or password');
  }
  const parsed = new URL(url);
  const defaultPort = SERVER_PROTOCOLS.get(parsed.protocol);
  if (defaultPort === undefined) {
    throw new Error(
      `DATABASE_URL begins with ${parsed.protocol} but must begin with file: or mariadb:`,
    );
  }
  const database = decodeURIComponent(parsed.pathname.slice(1));
  if (database === '') {
    throw new Error('DATABASE_URL names no database: expected mariadb://user:password@host/NAME');
  }
  return {
    engine: 'mariadb',
    host: parsed.hostname,
    port: parsed.port === '' ? defaultPort : Number(parsed.port),
    username: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database,
    poolSize,
  };
}

function sqliteTarget(path: string): DatabaseTarget {
  const file = resolve(path);
  return { engine: 'sqlite', file, folder: dirname(file) };
}
