import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource, EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { engineOf } from './engine.js';

const ATTEMPTS = 3;

/** Errors after which the engine has undone the transaction and asks for another try. */
const TRANSIENT = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', '40P01', '40001']);

/** Errors that mean the database is not there, as opposed to refusing a statement. */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|PROTOCOL_CONNECTION_LOST|ER_(GET_CONNECTION_TIMEOUT|CONNECTION_TIMEOUT|SOCKET_.*|CMD_CONNECTION_CLOSED|POOL_.*|SERVER_SHUTDOWN))$/;

/** Errors that say a unique constraint refused a row. */
const DUPLICATE = new Set([
  'ER_DUP_ENTRY',
  '23505',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
]);

/**
 * Runs `work` in a transaction of its own, up to three times when the engine reports a deadlock.
 * `work` must use only the manager it is given and have no effect outside the database.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !TRANSIENT.has(driverCode(error))) {
        throw error;
      }
      await wait(Math.random() * 20 * attempt);
    }
  }
}

/** Whether the error is a unique constraint's refusal, on any engine. */
export function isDuplicate(error: unknown): boolean {
  return DUPLICATE.has(driverCode(error));
}

/** Whether the database could not be reached. */
export function isDatabaseAway(error: unknown): boolean {
  return AWAY.test(driverCode(error));
}

/** Locks the selected rows until the transaction ends. SQLite's transactions lock everything already. */
export function forUpdate<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
): SelectQueryBuilder<T> {
  return engineOf(query.dataSource) === 'sqlite' ? query : query.setLock('pessimistic_write');
}

/** The driver's own code of a failed statement; empty for any other error. */
export function driverCode(error: unknown): string {
  const cause = (error as { driverError?: { code?: unknown } } | null)?.driverError ?? error;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
