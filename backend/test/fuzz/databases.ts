import { randomBytes } from 'node:crypto';
import mariadb from 'mariadb';
import pg from 'pg';

export const ENGINES = ['sqlite', 'mariadb', 'postgres'] as const;
export type FuzzEngine = (typeof ENGINES)[number];

/** An empty database for one run. */
export interface FuzzDatabase {
  /** What `DATABASE_URL` holds; absent: the embedded database in the server's own folder. */
  readonly url?: string;
  drop(): Promise<void>;
}

const SERVERS: Readonly<Record<FuzzEngine, string | undefined>> = {
  sqlite: 'embedded',
  mariadb: process.env['TEST_MARIADB_URL'],
  postgres: process.env['TEST_POSTGRES_URL'],
};

/** The engines that this machine can run, by the addresses in `TEST_MARIADB_URL` and `TEST_POSTGRES_URL`. */
export const enginesHere = (): FuzzEngine[] => ENGINES.filter((engine) => SERVERS[engine]);

/** @throws {Error} when the engine's server has no address. */
export async function emptyDatabase(engine: FuzzEngine): Promise<FuzzDatabase> {
  if (engine === 'sqlite') {
    return { drop: () => Promise.resolve() };
  }
  const server = SERVERS[engine];
  if (server === undefined) {
    throw new Error(`set TEST_${engine.toUpperCase()}_URL to fuzz on ${engine}`);
  }
  const name = `prosa_fuzz_${randomBytes(4).toString('hex')}`;
  const unicode = engine === 'mariadb' ? 'CHARACTER SET utf8mb4' : "ENCODING 'UTF8'";
  await execute(engine, server, `CREATE DATABASE ${name} ${unicode}`);
  return { url: `${server}/${name}`, drop: () => execute(engine, server, `DROP DATABASE ${name}`) };
}

async function execute(
  engine: Exclude<FuzzEngine, 'sqlite'>,
  server: string,
  statement: string,
): Promise<void> {
  const { hostname: host, port, username: user, password } = new URL(server);
  const account = { host, port: Number(port), user, password };
  if (engine === 'postgres') {
    const client = new pg.Client({ ...account, database: 'postgres' });
    await client.connect();
    await client.query(statement).finally(() => client.end());
    return;
  }
  const connection = await mariadb.createConnection(account);
  await connection.query(statement).finally(() => connection.end());
}
