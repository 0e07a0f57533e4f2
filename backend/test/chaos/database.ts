import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import mariadb from 'mariadb';
import pg from 'pg';
import { hasMariadb, startMariadb } from '../../../tools/mariadb-server.mjs';
import { hasPostgres, startPostgres } from '../../../tools/postgres-server.mjs';
import type { FuzzEngine } from '../fuzz/databases.ts';
import type { Signals } from './signals.ts';
import { watchFile, watchWire } from './settling.ts';

/** A database of a campaign's own: on a server, that server is its own as well. */
export interface ChaosDatabase {
  readonly engine: FuzzEngine;
  /** The server's environment for it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Where `withDatabase` finds it. */
  readonly place: string;
  /** Where a server keeps everything. */
  readonly folder?: string;
  /** Kills the database server with -9 and starts it again; absent where there is none. */
  readonly crash?: () => Promise<void>;
  /** What the engine's own check of the file says; `ok`, too, where the engine has none. */
  integrity(): string;
  /** Ends a server as an operator does. */
  end(): Promise<void>;
  close(): Promise<void>;
}

/** Whether this machine has what an engine needs. */
export const has = (engine: FuzzEngine): boolean =>
  engine === 'sqlite' || (engine === 'mariadb' ? hasMariadb() : hasPostgres());

/**
 * @param folder DATA_DIR of the server that is killed.
 * @param signals are told of each write that may be an answer's end.
 */
export function startDatabase(
  engine: FuzzEngine,
  folder: string,
  signals: Signals,
): Promise<ChaosDatabase> {
  const settles = () => {
    signals.tell('settling');
  };
  return engine === 'sqlite'
    ? Promise.resolve(anEmbedded(folder, settles))
    : aServers(engine, settles);
}

function anEmbedded(folder: string, settles: () => void): ChaosDatabase {
  const watch = watchFile(folder, 'prosa.db-wal', settles);
  return {
    engine: 'sqlite',
    settings: {},
    place: folder,
    integrity: () => integrityIn(folder),
    end: () => Promise.resolve(),
    close: () => {
      watch();
      return Promise.resolve();
    },
  };
}

/** Looks at a copy: whoever opens the file after a crash recovers it, and that is Prosa's part. */
function integrityIn(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'prosa-chaos-copy-'));
  try {
    for (const file of ['prosa.db', 'prosa.db-wal']) {
      if (existsSync(join(folder, file))) cpSync(join(folder, file), join(copy, file));
    }
    const database = new Database(join(copy, 'prosa.db'));
    try {
      return String(database.pragma('integrity_check', { simple: true }));
    } finally {
      database.close();
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function aServers(
  engine: Exclude<FuzzEngine, 'sqlite'>,
  settles: () => void,
): Promise<ChaosDatabase> {
  const wish = { keeping: true };
  const server = engine === 'mariadb' ? await startMariadb(wish) : await startPostgres(wish);
  await create(engine, server.url);
  const wire = await watchWire(Number(new URL(server.url).port), settles);
  const place = `${server.url}/prosa_chaos`;
  const watched = new URL(place);
  watched.port = String(wire.port);
  return {
    engine,
    settings: { DATABASE_URL: watched.href },
    place,
    folder: server.folder,
    crash: () => server.crash(),
    integrity: () => 'ok',
    end: () => server.end(),
    async close() {
      await wire.close();
      await server.stop();
    },
  };
}

async function create(engine: Exclude<FuzzEngine, 'sqlite'>, url: string): Promise<void> {
  const { hostname: host, port, username: user, password } = new URL(url);
  const account = { host, port: Number(port), user, password };
  if (engine === 'postgres') {
    const client = new pg.Client({ ...account, database: 'postgres' });
    await client.connect();
    await client.query("CREATE DATABASE prosa_chaos ENCODING 'UTF8'").finally(() => client.end());
    return;
  }
  const connection = await mariadb.createConnection(account);
  const statement = 'CREATE DATABASE prosa_chaos CHARACTER SET utf8mb4';
  await connection.query(statement).finally(() => connection.end());
}
