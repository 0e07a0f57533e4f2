import mariadb, { type Pool, type PoolConfig, type PoolConnection } from 'mariadb/callback';
import { acquiring, type ConnectionCallback } from './acquire.js';
import { WatchedSockets } from './watched-sockets.js';

type QueryCallback = (error: Error | null, rows?: unknown, meta?: unknown) => void;

/** mysql2's promise form, as far as TypeORM calls it. */
interface PromiseForm {
  query(sql: string, parameters?: unknown): Promise<[unknown, unknown]>;
}

function withPromiseForm(connection: PoolConnection, sockets: WatchedSockets): PoolConnection {
  const query = connection.query.bind(connection) as (
    sql: string,
    parameters: unknown,
    done: QueryCallback,
  ) => void;
  const form: PromiseForm = {
    query: (sql, parameters) =>
      new Promise((resolve, reject) => {
        const answered = sockets.sent(connection.threadId ?? 0);
        query(sql, parameters, (error, rows, meta) => {
          answered();
          if (error) {
            reject(error);
          } else {
            resolve([rows, meta]);
          }
        });
      }),
  };
  return Object.assign(connection, { promise: () => form });
}

/** About as long as a timer of Node's can be. */
const NEVER_MS = 2_000_000_000;

/** mysql2's options that the connector does not know, and warns about. */
interface Mysql2Options extends PoolConfig {
  supportBigNumbers?: boolean;
  bigNumberStrings?: boolean;
  stringifyObjects?: boolean;
  flags?: unknown;
}

/**
 * The `mariadb` connector in the shape that TypeORM expects of `mysql2`: pass it as `driver` to a
 * data source of type `mariadb`. See docs/adr/0002-mariadb-connector.md.
 */
export const mariadbDriver = {
  createPool(options: Mysql2Options): Pool {
    const {
      supportBigNumbers: _big,
      bigNumberStrings: _strings,
      stringifyObjects: _objects,
      flags: _flags,
      ...known
    } = options;
    const sockets = new WatchedSockets(known);
    const pool = mariadb.createPool({
      ...known,
      stream: sockets.open,
      insertIdAsNumber: true,
      bigIntAsNumber: true,
      logParam: false, // An error's message would hold what people wrote, and hashes.
      // It tries again twice a second for as long; else it would rest longer after each failure.
      initializationTimeout: NEVER_MS,
    });
    const getConnection = acquiring(pool, known);
    return Object.assign(pool, {
      getConnection: (done: ConnectionCallback) => {
        getConnection((error, connection) => {
          if (connection) {
            done(null, withPromiseForm(connection, sockets));
          } else {
            done(error);
          }
        });
      },
    });
  },
};
