import { randomBytes } from 'node:crypto';
import mariadb from 'mariadb';
import pg from 'pg';
import { startOwnServer } from '../../../db/test/own-server.ts';

/** An empty database on a server of the bench's own, set as durable as the server comes. */
export interface BenchDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server with one empty database. @throws {Error} when Debian's package is missing. */
export async function startServer(engine: 'mariadb' | 'postgres'): Promise<BenchDatabase> {
  const server = await startOwnServer(engine);
  const name = `prosa_bench_${randomBytes(4).toString('hex')}`;
  const { hostname: host, port, username: user, password } = new URL(server.url);
  const account = { host, port: Number(port), user, password };
  if (engine === 'mariadb') {
    const connection = await mariadb.createConnection(account);
    await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    await connection.end();
  } else {
    const client = new pg.Client({ ...account, database: 'postgres' });
    await client.connect();
    await client.query(`CREATE DATABASE ${name} ENCODING 'UTF8'`);
    await client.end();
  }
  return { url: `${server.url}/${name}`, stop: () => server.stop() };
}
