import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { type Certificates, makeCertificates } from '../test/certificates.js';
import { type OwnServer, startOwnServer } from '../test/own-server.js';
import { onTestServer, TEST_SERVERS } from '../test/test-databases.js';
import { databaseTarget, type ServerTarget } from './database-target.js';
import { isDatabaseAway } from './driver-errors.js';
import { openDatabase } from './open-database.js';
import { SilentQueries } from './silent-queries.js';

type Network = Awaited<ReturnType<typeof startForgetfulNetwork>>;

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

/** Longest until places come back, and until a server of a test's own is there. */
const LONGEST_MS = 90_000;

/** A pool of two behind the network. */
async function openBehind(url: string): Promise<{ dataSource: DataSource; network: Network }> {
  const target = databaseTarget(url, tmpdir(), { poolSize: 2 }) as ServerTarget;
  const network = await startForgetfulNetwork(target);
  const dataSource = await openDatabase({ ...target, host: '127.0.0.1', port: network.port });
  return { dataSource, network };
}

/** Two statements that the server never hears of. @returns why they failed. */
async function loseTwo(dataSource: DataSource, network: Network): Promise<unknown[]> {
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
  return Promise.all(lost);
}

describe.each(TEST_SERVERS)(`${SilentQueries.name} on %s`, (engine) => {
  let certificates: Certificates;
  let server: OwnServer;

  beforeAll(async () => {
    certificates = makeCertificates('DNS:localhost,IP:127.0.0.1');
    const { cert, key } = certificates;
    server = await startOwnServer(engine, `--cert=${cert}`, `--key=${key}`);
    const existing = engine === 'mariadb' ? 'mysql' : 'postgres';
    await onTestServer(engine, 'CREATE DATABASE prosa', existing, server.url);
  }, LONGEST_MS);
  afterAll(async () => {
    await server.stop();
    certificates.remove();
  });

  // MariaDB's connector cannot be told of it under TLS.
  it.each(engine === 'mariadb' ? ['disable'] : ['disable', 'require'])(
    'should give back the places of a pool that wait for a server which knows nothing of them (TLS: %s)',
    async (sslmode) => {
      const { dataSource, network } = await openBehind(`${server.url}/prosa?sslmode=${sslmode}`);
      const errors = await loseTwo(dataSource, network);
      expect(errors.map(isDatabaseAway)).toEqual([true, true]);
      const [row] = await dataSource.query<{ n: number }[]>('SELECT 3 AS n');
      expect(Number(row?.n)).toBe(3);
      await dataSource.destroy();
      await network.close();
    },
    LONGEST_MS,
  );

  it(
    'should leave a statement its time that the server is at work for',
    async () => {
      const { dataSource, network } = await openBehind(`${server.url}/prosa`);
      const sleep = engine === 'mariadb' ? 'SELECT SLEEP(10)' : 'SELECT pg_sleep(10)';
      await expect(dataSource.query(sleep)).resolves.toHaveLength(1);
      await dataSource.destroy();
      await network.close();
    },
    LONGEST_MS,
  );
});
