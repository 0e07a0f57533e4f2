import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase, TEST_SERVERS, type TestDatabase } from '../test/test-databases.js';
import type { ServerTarget } from './database-target.js';
import { isDatabaseAway } from './driver-errors.js';
import { openDatabase } from './open-database.js';
import { SilentQueries } from './silent-queries.js';

/** A network that can forget the connections there are, and tells neither side. */
async function startForgetfulNetwork({ host, port }: ServerTarget) {
  const pairs = new Set<readonly [net.Socket, net.Socket]>();
  const server = net.createServer((near) => {
    const far = net.connect(port, host);
    near.pipe(far);
    far.pipe(near);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const side of pair) {
      side.on('error', () => undefined);
      side.on('close', () => {
        for (const each of pair) each.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    forget() {
      for (const [near, far] of pairs) {
        near.unpipe(far).resume();
        far.unpipe(near).resume();
      }
    },
    async close() {
      for (const pair of pairs) for (const each of pair) each.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

for (const engine of TEST_SERVERS) {
  describe(`${SilentQueries.name} on ${engine}`, () => {
    let database: TestDatabase;
    let network: Awaited<ReturnType<typeof startForgetfulNetwork>>;
    let dataSource: DataSource;

    beforeEach(async () => {
      database = await createTestDatabase(engine);
      const target = database.target as ServerTarget;
      network = await startForgetfulNetwork(target);
      dataSource = await openDatabase({
        ...target,
        host: '127.0.0.1',
        port: network.port,
        poolSize: 2,
      });
    });
    afterEach(async () => {
      await dataSource.destroy();
      await network.close();
      await database.drop();
    });

    it('should give a pool back its places that wait for a server which knows nothing of them', async () => {
      const ready = Promise.withResolvers<void>();
      let taken = 0;
      const lost = [1, 2].map((n) =>
        dataSource
          .transaction(async (manager) => {
            await manager.query('SELECT 1');
            taken += 1;
            await ready.promise;
            await manager.query(`SELECT ${String(n)}`);
          })
          .then(
            () => undefined,
            (error: unknown) => error,
          ),
      );
      while (taken < 2) await wait(5);
      network.forget();
      ready.resolve();
      for (const error of await Promise.all(lost)) expect(isDatabaseAway(error)).toBe(true);
      expect(Number((await dataSource.query<{ n: number }[]>('SELECT 3 AS n'))[0]?.n)).toBe(3);
    }, 60_000);

    it('should leave a statement its time that the server is at work for', async () => {
      const sleep = engine === 'mariadb' ? 'SELECT SLEEP(10)' : 'SELECT pg_sleep(10)';
      await expect(dataSource.query(sleep)).resolves.toHaveLength(1);
    }, 60_000);
  });
}
