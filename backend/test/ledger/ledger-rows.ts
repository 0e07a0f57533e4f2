import { join } from 'node:path';
import Database from 'better-sqlite3';
import mariadb from 'mariadb';
import pg from 'pg';
import type { FuzzEngine } from '../fuzz/databases.ts';
import type { LedgerRow } from './compare.rules.ts';

/** What a run has left in its database. Read past Prosa, in plain SQL. */
export interface Left {
  readonly rows: readonly Omit<LedgerRow, 'n'>[];
  /** The post of each row, in the same order. */
  readonly posts: readonly number[];
  /** Prompt and answer of each post that is still there. */
  readonly texts: ReadonlyMap<number, { readonly prompt: string; readonly body: string }>;
}

export type Values = Readonly<Record<string, unknown>>;
export type Query = (sql: string) => Promise<Values[]>;

/**
 * @param place the folder of an embedded database, or the address of one on a server.
 */
export async function readLedger(engine: FuzzEngine, place: string): Promise<Left> {
  return withDatabase(engine, place, async (query) => {
    const table = engine === 'mariadb' ? '`usage`' : '"usage"';
    const rows = await query(`SELECT * FROM ${table} ORDER BY id`);
    const posts = await query('SELECT id, prompt, body FROM posts');
    return {
      rows: rows.map(toRow),
      posts: rows.map(({ post_id }) => Number(post_id)),
      texts: new Map(
        posts.map(({ id, prompt, body }) => [
          Number(id),
          { prompt: String(prompt), body: String(body) },
        ]),
      ),
    };
  });
}

/** How many rows are open. */
export const countOpen = (engine: FuzzEngine, place: string): Promise<number> =>
  withDatabase(engine, place, async (query) => {
    const table = engine === 'mariadb' ? '`usage`' : '"usage"';
    const [row] = await query(`SELECT COUNT(*) AS n FROM ${table} WHERE closed_at IS NULL`);
    return Number(row?.['n']);
  });

const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value));
/** A column of text that may be null. */
export const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' ? value : null;

/** A row of the ledger, its question not known yet. */
export const toRow = (values: Values): Omit<LedgerRow, 'n'> => ({
  id: Number(values['id']),
  purpose: String(values['purpose']),
  model: String(values['model']).replace(/^openai\//, ''),
  outcome: textOrNull(values['outcome']),
  promptTokens: numberOrNull(values['prompt_tokens']),
  completionTokens: numberOrNull(values['completion_tokens']),
  estimated: Boolean(values['estimated']),
  costNanoUsd: numberOrNull(values['cost_nano_usd']),
  priceSource: textOrNull(values['price_source']),
  isClosed: values['closed_at'] !== null,
});

/** Opens a database for as long as the work takes. @param place see {@link readLedger}. */
export async function withDatabase<Result>(
  engine: FuzzEngine,
  place: string,
  work: (query: Query) => Promise<Result>,
): Promise<Result> {
  if (engine === 'sqlite') {
    const database = new Database(join(place, 'prosa.db'), { readonly: true });
    try {
      return await work((sql) => {
        const prepared = database.prepare(sql);
        return Promise.resolve(
          (prepared.reader ? prepared.all() : (prepared.run(), [])) as Values[],
        );
      });
    } finally {
      database.close();
    }
  }
  const { hostname: host, port, username: user, password, pathname } = new URL(place);
  const account = { host, port: Number(port), user, password, database: pathname.slice(1) };
  if (engine === 'postgres') {
    const client = new pg.Client(account);
    await client.connect();
    const query: Query = async (sql) => (await client.query<Values>(sql)).rows;
    return work(query).finally(() => client.end());
  }
  const connection = await mariadb.createConnection(account);
  const query: Query = (sql) => connection.query<Values[]>(sql);
  return work(query).finally(() => connection.end());
}
