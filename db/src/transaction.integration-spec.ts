import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import { createTestDatabase, TEST_SERVERS, type TestDatabase } from '../test/test-databases.js';
import { driverCode } from './driver-errors.js';
import { openDatabase } from './open-database.js';
import { inTransaction } from './transaction.js';

const SHORT_WAIT = {
  mariadb: 'SET SESSION innodb_lock_wait_timeout = 1',
  postgres: "SET LOCAL lock_timeout = '1s'",
};

const GIVEN_UP = {
  mariadb: { deadlock: 'ER_LOCK_DEADLOCK', wait: 'ER_LOCK_WAIT_TIMEOUT' },
  postgres: { deadlock: '40P01', wait: '55P03' },
};

// F21 of the research on reliability.
for (const engine of TEST_SERVERS) {
  describe(`${inTransaction.name} on ${engine}`, () => {
    let database: TestDatabase;
    let dataSource: DataSource;

    beforeAll(async () => {
      database = await createTestDatabase(engine);
      dataSource = await openDatabase(database.target);
      await dataSource.query('CREATE TABLE account (id int PRIMARY KEY, amount int NOT NULL)');
    });
    afterAll(async () => {
      await dataSource.destroy();
      await database.drop();
    });

    async function begin(): Promise<void> {
      await dataSource.query('DELETE FROM account');
      await dataSource.query('INSERT INTO account (id, amount) VALUES (1, 0), (2, 0)');
    }

    const add = (manager: EntityManager, id: number) =>
      manager.query(`UPDATE account SET amount = amount + 1 WHERE id = ${String(id)}`);

    const amounts = async () =>
      (await dataSource.query<{ amount: number }[]>('SELECT amount FROM account ORDER BY id')).map(
        ({ amount }) => amount,
      );

    it('should try again what deadlocked, so that both are done, each once', async () => {
      await begin();
      const met = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const attempts: string[] = [];
      // Each takes one row, waits until the other has its own, and wants that.
      const crossing = (mine: number, theirs: number) =>
        inTransaction(dataSource, async (manager) => {
          await add(manager, mine);
          met[mine - 1]?.resolve();
          await met[theirs - 1]?.promise;
          try {
            await add(manager, theirs);
            attempts.push('done');
          } catch (error) {
            attempts.push(driverCode(error));
            throw error;
          }
        });
      await Promise.all([crossing(1, 2), crossing(2, 1)]);
      expect(await amounts()).toEqual([2, 2]);
      expect(attempts.filter((one) => one === 'done')).toHaveLength(2);
      expect(attempts).toContain(GIVEN_UP[engine].deadlock);
    });

    it('should try again what waited too long for a lock, three times in all', async () => {
      await begin();
      const held = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const holder = dataSource.transaction(async (manager) => {
        await add(manager, 1);
        held.resolve();
        await release.promise;
      });
      await held.promise;
      let attempts = 0;
      const waiting = inTransaction(dataSource, async (manager) => {
        attempts += 1;
        await manager.query(SHORT_WAIT[engine]);
        await add(manager, 1);
      });
      const error: unknown = await waiting.catch((reason: unknown) => reason);
      expect(driverCode(error)).toBe(GIVEN_UP[engine].wait);
      expect(attempts).toBe(3);
      release.resolve();
      await holder;
      expect(await amounts()).toEqual([1, 0]);
    });

    it('should not try again what is refused for good', async () => {
      let attempts = 0;
      const refused = inTransaction(dataSource, async (manager) => {
        attempts += 1;
        await manager.query('INSERT INTO account (id, amount) VALUES (1, 0), (1, 0)');
      });
      await expect(refused).rejects.toThrow();
      expect(attempts).toBe(1);
    });
  });
}
