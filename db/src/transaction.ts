import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource, EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { isTransient } from './driver-errors.js';
import { engineOf } from './engine.js';

const ATTEMPTS = 3;

/**
 * How a transaction that only copies sees what others commit. On MariaDB's own level a copy would
 * lock what it reads, and the gap behind it, until it is committed.
 */
const COPYING = {
  sqlite: 'SERIALIZABLE',
  mariadb: 'READ COMMITTED',
  postgres: 'READ COMMITTED',
} as const;

/** Like {@link inTransaction}, for a long one that reads much and writes rows of its own only. */
export function inCopyingTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return repeated(() => dataSource.transaction(COPYING[engineOf(dataSource)], work));
}

/**
 * Runs `work` in a transaction of its own, up to three times when the engine reports a deadlock or a
 * lock that did not come in time, with a random pause between.
 * `work` must use only the manager it is given and have no effect outside the database.
 */
export function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return repeated(() => dataSource.transaction(work));
}

async function repeated<T>(transact: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact();
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) {
        throw error;
      }
      await wait(Math.random() * 20 * attempt);
    }
  }
}

/** Locks the selected rows until the transaction ends. SQLite's transactions lock everything already. */
export function forUpdate<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
): SelectQueryBuilder<T> {
  return engineOf(query.dataSource) === 'sqlite' ? query : query.setLock('pessimistic_write');
}
