import net from 'node:net';
import { createConnection } from 'mariadb';
import type { ConnectionConfig } from 'mariadb/callback';
import { BUSY_TIMEOUT_MS } from '../server-options.js';
import { SilentQueries } from '../silent-queries.js';

/** Of the server's first packet: its length and number, then the version of the protocol. */
const VERSION_AT = 5;

/**
 * The sockets of a pool, so that one can be dropped that no answer comes from. The connector has
 * `destroy()` for that, which tells the server to kill the connection; where the server has none by
 * that number, what it answers to that is an unhandled rejection.
 */
export class WatchedSockets {
  private readonly sockets = new Map<number, net.Socket>();
  private readonly silent: SilentQueries;

  constructor(private readonly server: ConnectionConfig) {
    this.silent = new SilentQueries(() => workingIn(server));
  }

  /** Makes a connection's socket, for the connector's option `stream`. */
  readonly open = (): net.Socket => {
    const { port = 3306, host = 'localhost' } = this.server;
    const socket = net.connect(port, host).setNoDelay(true);
    socket.once('data', (greeting: Buffer) => {
      const at = greeting.indexOf(0, VERSION_AT) + 1;
      if (at === 0 || greeting.length < at + 4) return; // It refuses us.
      const id = greeting.readUInt32LE(at);
      this.sockets.set(id, socket);
      socket.once('close', () => {
        if (this.sockets.get(id) === socket) this.sockets.delete(id);
      });
    });
    return socket;
  };

  /** A statement has been sent on a connection; without TLS it is watched. @returns to be called with its answer. */
  sent(connectionId: number): () => void {
    // Under TLS the connector does not hear of it where its socket is dropped from below.
    if (this.server.ssl) return () => undefined;
    const drop = () => {
      const lost = Object.assign(new Error('The server knows nothing of this statement'), {
        code: 'ECONNRESET',
      });
      this.sockets.get(connectionId)?.destroy(lost);
    };
    return this.silent.sent({ connectionId, drop });
  }
}

/** The connections that the server is at work for. */
async function workingIn(server: ConnectionConfig): Promise<ReadonlySet<number>> {
  const connection = await createConnection({ ...server, socketTimeout: BUSY_TIMEOUT_MS });
  try {
    const rows = await connection.query<{ id: bigint | number }[]>(
      "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE COMMAND <> 'Sleep'",
    );
    return new Set(rows.map(({ id }) => Number(id)));
  } finally {
    connection.end().catch(() => undefined);
  }
}
