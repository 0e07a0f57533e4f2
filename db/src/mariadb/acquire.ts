import { createConnection } from 'mariadb';
import type { ConnectionConfig, Pool, PoolConnection } from 'mariadb/callback';
import { driverCode, isDatabaseAway } from '../driver-errors.js';

export type ConnectionCallback = (error: unknown, connection?: PoolConnection) => void;

/** How long a connection may be in coming before it is asked why. */
const LOOK_AFTER_MS = 200;

/** What the connector says of a server that takes a connection and then says nothing. */
const SILENT = /TIMEOUT|ETIMEDOUT/;

/**
 * Takes connections from a pool. The pool itself waits as long for a server that refuses as for
 * connections that are merely busy; this tells the two apart, by trying for itself: what the server
 * answers then, be it that nobody listens there, is passed on at once.
 */
export function acquiring(
  pool: Pool,
  server: ConnectionConfig,
): (done: ConnectionCallback) => void {
  const take = pool.getConnection.bind(pool) as (done: ConnectionCallback) => void;
  const refusal = sharedRefusal(server);
  return (done) => {
    let over = false;
    let timer: NodeJS.Timeout | undefined;
    const finish: ConnectionCallback = (error, connection) => {
      if (over) {
        connection?.release(() => undefined); // It came after all.
        return;
      }
      over = true;
      clearTimeout(timer);
      done(error, connection);
    };
    const look = () => {
      // Somebody has one: the server is there, and the caller waits for its turn.
      const asking = pool.totalConnections() > 0 ? Promise.resolve(undefined) : refusal();
      void asking.then((error) => {
        if (error) finish(error);
        else lookLater();
      });
    };
    const lookLater = () => {
      if (!over) timer = setTimeout(look, LOOK_AFTER_MS).unref();
    };
    take(finish);
    lookLater();
  };
}

/** Why the server takes no connection; undefined: it does, or is silent. One is tried for all who ask. */
function sharedRefusal(server: ConnectionConfig): () => Promise<unknown> {
  let asking: Promise<unknown> | undefined;
  return () => {
    asking ??= refusalOf(server).finally(() => (asking = undefined));
    return asking;
  };
}

async function refusalOf(server: ConnectionConfig): Promise<unknown> {
  try {
    (await createConnection(server)).destroy();
    return undefined;
  } catch (error) {
    // Silence may be this process's own, which was busy for so long: that is waited out.
    return isSilence(error) ? undefined : error;
  }
}

function isSilence(error: unknown): boolean {
  return isDatabaseAway(error) && SILENT.test(driverCode(error));
}
