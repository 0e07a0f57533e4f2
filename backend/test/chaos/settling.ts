import { watch } from 'node:fs';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** What ends a run says this of its row, on either server. */
const END_OF_A_RUN = /UPDATE [`"]runs[`"] SET [`"]status/;

/** Calls with each write to a file, which need not be there yet. @returns how to stop. */
export function watchFile(folder: string, name: string, written: () => void): () => void {
  const watcher = watch(folder, (_, file) => {
    if (file === name) written();
  });
  return () => {
    watcher.close();
  };
}

/** A wire in front of a database server. */
export interface WatchedWire {
  readonly port: number;
  close(): Promise<void>;
}

/** Passes everything on, and calls when the statement that ends a run has just gone through. */
export async function watchWire(targetPort: number, settles: () => void): Promise<WatchedWire> {
  const open = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => open.delete(socket));
    }
    far.pipe(near);
    // Ends, and does not break: what a killed process had sent is still carried out.
    near.on('close', () => far.end());
    far.on('close', () => near.destroy());
    near.on('data', (part: Buffer) => {
      far.write(part);
      if (END_OF_A_RUN.test(part.toString('latin1'))) settles();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
