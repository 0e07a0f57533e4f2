import pg from 'pg';
import { BUSY_TIMEOUT_MS } from './server-options.js';
import { SilentQueries } from './silent-queries.js';

/** What TypeORM asks of a client: a promise, or a stream where it is given one. */
type Query = (...sent: unknown[]) => unknown;

/** A pool whose connections are dropped when they are open on this side only. */
class WatchedPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super(config);
    const silent = new SilentQueries(() => workingIn(config));
    this.on('connect', (client) => {
      watch(client as pg.PoolClient & { processID: number }, silent);
    });
  }
}

function watch(client: pg.PoolClient & { processID: number }, silent: SilentQueries): void {
  const query = client.query.bind(client) as Query;
  const drop = () => {
    // Of a pool's client the types know the loan only; `end` breaks a connection that waits.
    void (client as unknown as pg.Client).end();
  };
  const watched: Query = (...sent) => {
    const answered = silent.sent({ connectionId: client.processID, drop });
    const answer = query(...sent);
    if (answer instanceof Promise) answer.then(answered, answered);
    else answered();
    return answer;
  };
  Object.assign(client, { query: watched });
}

/** The connections that the server is at work for. */
async function workingIn(config: pg.PoolConfig): Promise<ReadonlySet<number>> {
  const client = new pg.Client({ ...config, query_timeout: BUSY_TIMEOUT_MS });
  client.on('error', () => undefined); // Its query fails by it.
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE usename = current_user AND state NOT LIKE 'idle%'",
    );
    return new Set(rows.map(({ pid }) => pid));
  } finally {
    void client.end();
  }
}

/** `pg` with such pools: pass it as `driver` to a data source of type `postgres`. */
export const watchedPostgres = Object.create(pg, { Pool: { value: WatchedPool } }) as typeof pg;
