import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** A statement on its way to a database server: the n-th that matches. */
export interface StatementPoint {
  readonly statement: RegExp;
  /** 1 for the first. */
  readonly nth: number;
  /** Whether the server still gets it. */
  readonly passes: boolean;
}

/** A wire in front of a MariaDB server, which calls when a statement comes by. */
export interface StatementProxy {
  readonly port: number;
  /** Whether the statement came. */
  readonly reached: () => boolean;
  close(): Promise<void>;
}

/** @param onPoint called once, with the statement held back or just sent. */
export async function startStatementProxy(
  targetPort: number,
  { statement, nth, passes }: StatementPoint,
  onPoint: () => void,
): Promise<StatementProxy> {
  let left = nth;
  const open = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => open.delete(socket));
    }
    far.pipe(near);
    // Ends, and does not break: what was sent is still carried out.
    near.on('close', () => far.end());
    near.on('data', (part: Buffer) => {
      const isPoint = left > 0 && statement.test(part.toString('latin1')) && --left === 0;
      if (left === 0 && !isPoint) {
        return; // Nothing more comes of a process that is being killed.
      }
      if (!isPoint || passes) {
        far.write(part);
      }
      if (isPoint) {
        onPoint();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    reached: () => left === 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
