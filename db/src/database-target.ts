import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DatabaseTls, databaseTls } from './database-tls.js';

/** A database on a server. */
export interface ServerTarget {
  readonly engine: 'mariadb' | 'postgres';
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  readonly poolSize: number;
  /** Longest wait at the start for a server that is not there yet. */
  readonly waitSeconds: number;
  /** Absent: not encrypted. */
  readonly tls?: DatabaseTls;
}

/** Where the database is, once its address has been understood. */
export type DatabaseTarget =
  { readonly engine: 'sqlite'; readonly file: string; readonly folder: string } | ServerTarget;

const SERVERS = new Map<string, Pick<ServerTarget, 'engine' | 'port'>>([
  ['mariadb:', { engine: 'mariadb', port: 3306 }],
  ['mysql:', { engine: 'mariadb', port: 3306 }],
  ['postgres:', { engine: 'postgres', port: 5432 }],
  ['postgresql:', { engine: 'postgres', port: 5432 }],
]);

/**
 * Reads `DATABASE_URL`. Without one the database is a file in the data folder.
 * @throws {Error} naming what is wrong; never repeats the password.
 */
export function databaseTarget(
  url: string | undefined,
  dataFolder: string,
  { poolSize = 10, waitSeconds = 0 }: Partial<Pick<ServerTarget, 'poolSize' | 'waitSeconds'>> = {},
): DatabaseTarget {
  if (url === undefined) {
    return sqliteTarget(join(dataFolder, 'prosa.db'));
  }
  if (url.startsWith('file:')) {
    return sqliteTarget(url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length));
  }
  if (!URL.canParse(url)) {
    throw new Error('DATABASE_URL is not an address: expected file:…, mariadb://… or postgres://…');
  }
  if (/%(?![\da-f]{2})/i.test(url)) {
    throw new Error('DATABASE_URL holds a lone %: write %25 for a % in a name or password');
  }
  const parsed = new URL(url);
  const server = SERVERS.get(parsed.protocol);
  if (server === undefined) {
    throw new Error(
      `DATABASE_URL begins with ${parsed.protocol} but must begin with file:, mariadb: or postgres:`,
    );
  }
  const database = decodeURIComponent(parsed.pathname.slice(1));
  if (database === '') {
    throw new Error(
      `DATABASE_URL names no database: expected ${server.engine}://user:password@host/NAME`,
    );
  }
  const tls = databaseTls(parsed.searchParams);
  return {
    engine: server.engine,
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'), // An IPv6 address stands in brackets.
    port: parsed.port === '' ? server.port : Number(parsed.port),
    username: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database,
    poolSize,
    waitSeconds,
    ...(tls && { tls }),
  };
}

function sqliteTarget(path: string): DatabaseTarget {
  const file = resolve(path);
  return { engine: 'sqlite', file, folder: dirname(file) };
}
