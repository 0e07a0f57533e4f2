import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase, TEST_SERVERS, type TestDatabase } from '../../test/test-databases.js';
import { databaseLoad } from '../database-load.js';
import { databaseTarget } from '../database-target.js';
import { driverCode, isDatabaseAway } from '../driver-errors.js';
import { openDatabase } from '../open-database.js';
import { BUSY_TIMEOUT_MS } from '../server-options.js';

/** What a pool once waited at most, whatever the reason. */
const NEEDLESS_MS = 800;

// PostgreSQL's pool does the same by itself.
for (const engine of TEST_SERVERS) {
  describe(`connections that are in short supply: ${engine}`, () => {
    let database: TestDatabase;
    let dataSource: DataSource;
    afterEach(async () => {
      await dataSource.destroy();
      await database.drop();
    });

    it('should wait for one that somebody else has for longer than a moment', async () => {
      database = await createTestDatabase(engine);
      dataSource = await openDatabase({
        ...database.target,
        poolSize: 2,
      } as typeof database.target);
      const release = Promise.withResolvers<void>();
      const holders = [1, 2].map(() =>
        dataSource.transaction(async (manager) => {
          await manager.query('SELECT 1');
          await release.promise;
        }),
      );
      while (databaseLoad(dataSource).used < 2) await wait(5);
      const third = dataSource.query('SELECT 3 AS n');
      await wait(NEEDLESS_MS + 400);
      expect(databaseLoad(dataSource).waiting).toBe(1);
      release.resolve();
      await Promise.all(holders);
      expect(await third).toEqual([{ n: 3 }]);
    });

    it('should not wait for a server that refuses, and take it as soon as it is back', async () => {
      database = await createTestDatabase(engine);
      const wire = await aWire(Number(new URL(database.url).port));
      const url = new URL(database.url);
      url.port = String(wire.port);
      dataSource = await openDatabase(databaseTarget(url.href, '', { waitSeconds: 15 }));
      await wire.cut();
      for (let n = 0; n < 2; n += 1) {
        const at = performance.now();
        const error: unknown = await dataSource
          .query('SELECT 1')
          .catch((reason: unknown) => reason);
        expect({ away: isDatabaseAway(error), code: driverCode(error) }).toMatchObject({
          away: true,
        });
        expect(performance.now() - at).toBeLessThan(BUSY_TIMEOUT_MS / 2);
      }
      await wire.mend();
      // The pool tries twice a second by itself, and whoever asks waits for that.
      expect(await dataSource.query('SELECT 4 AS n')).toEqual([{ n: 4 }]);
      await wire.cut();
    });
  });
}

/** A way to a server of this machine that can be cut. */
async function aWire(target: number) {
  const open = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    mend: () => listen(port),
    cut: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.resetAndDestroy();
        open.clear();
      }),
  };
}
