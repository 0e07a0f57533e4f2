import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { FaultyPipe, type WireFaults } from './wire-faults.js';

/** A wire in front of a server, a provider, a database or Redis alike, which a test can damage. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection and refuses new ones, until `mend`. */
  cut(): Promise<void>;
  /** Breaks every connection; new ones are taken. */
  reset(): void;
  /** From now on, on connections old and new, until `mend`. */
  damage(faults: WireFaults): void;
  /** Undoes what was done to the wire; what hung goes on where it was. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Passes connections on to a port of this machine. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const open = new Set<net.Socket>();
  const wire = new Wire();
  const keep = (socket: net.Socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  };
  const server = net.createServer((near) => {
    const far = net.connect(targetPort, '127.0.0.1');
    keep(near);
    keep(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    const { idleMs } = wire.faults; // Of connections made from now on.
    if (idleMs !== undefined) near.setTimeout(idleMs, () => near.destroy());
    wire.join(near, far);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const reset = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      reset();
    });
  return {
    port,
    cut,
    reset,
    damage(faults) {
      wire.change(faults);
    },
    async mend() {
      wire.change({});
      if (!server.listening) await listen(port);
    },
    close: () => (server.listening ? cut() : Promise.resolve()),
  };
}

/** The faults of all connections at once. */
class Wire {
  faults: WireFaults = {};
  private next = Promise.withResolvers<void>();

  change(faults: WireFaults): void {
    this.faults = faults;
    this.next.resolve();
    this.next = Promise.withResolvers();
  }

  /** Passes on what either side says. */
  join(near: net.Socket, far: net.Socket): void {
    near.pipe(this.pipe(() => undefined)).pipe(far);
    let received = 0;
    const back = this.pipe((bytes) => {
      received += bytes;
      if (received >= (this.faults.breaksAfterBytes ?? Infinity)) near.resetAndDestroy();
    });
    far.pipe(back).pipe(near);
  }

  private pipe(passed: (bytes: number) => void): FaultyPipe {
    return new FaultyPipe(
      () => this.faults,
      passed,
      () => this.next.promise,
    );
  }
}
