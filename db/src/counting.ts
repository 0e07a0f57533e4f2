import type { EntityManager } from 'typeorm';
import { engineOf } from './engine.js';

/** Any number but those of other locks. PostgreSQL's locks belong to one database. */
const POSTGRES_KEY = 7_706_524;

/** MariaDB has no lock that ends with its transaction, but for rows. */
const MARIADB_ROW = "SELECT id FROM limit_counters WHERE id = ''";

/**
 * Taken by each transaction that ends a run, so that what limits count is begun before or after it
 * and never beside it. Must be the transaction's first statement: it then sees every counter that
 * was begun before. Any number hold it at once; it ends with the transaction.
 */
export async function shareCounting(manager: EntityManager): Promise<void> {
  switch (engineOf(manager)) {
    case 'sqlite':
      return; // Its transactions run one at a time.
    case 'mariadb':
      await manager.query(`${MARIADB_ROW} LOCK IN SHARE MODE`);
      return;
    case 'postgres':
      await manager.query(`SELECT pg_advisory_xact_lock_shared(${String(POSTGRES_KEY)})`);
  }
}

/** Taken by a transaction that begins a counter, as its first statement: no run ends meanwhile. */
export async function lockCounting(manager: EntityManager): Promise<void> {
  switch (engineOf(manager)) {
    case 'sqlite':
      return;
    case 'mariadb':
      await manager.query(`${MARIADB_ROW} FOR UPDATE`);
      return;
    case 'postgres':
      await manager.query(`SELECT pg_advisory_xact_lock(${String(POSTGRES_KEY)})`);
  }
}
