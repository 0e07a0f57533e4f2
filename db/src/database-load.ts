import type { Pool as MariadbPool } from 'mariadb/callback';
import type { Pool as PostgresPool } from 'pg';
import type { DataSource } from 'typeorm';
import { engineOf } from './engine.js';
import { sqliteQueue } from './sqlite/isolated-transactions.js';

/** How busy the connections to the database are. */
export interface DatabaseLoad {
  readonly used: number;
  readonly idle: number;
  /** Callers who wait for a connection; of SQLite, for the only one. */
  readonly waiting: number;
}

/** Read from the connection pool, without asking the database. */
export function databaseLoad(dataSource: DataSource): DatabaseLoad {
  switch (engineOf(dataSource)) {
    case 'sqlite':
      return { used: 1, idle: 0, waiting: sqliteQueue(dataSource) };
    case 'mariadb': {
      const pool = poolOf(dataSource, 'pool') as MariadbPool;
      return {
        used: pool.activeConnections(),
        idle: pool.idleConnections(),
        waiting: pool.taskQueueSize(),
      };
    }
    case 'postgres': {
      const { totalCount, idleCount, waitingCount } = poolOf(dataSource, 'master') as PostgresPool;
      return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
    }
  }
}

/** TypeORM keeps the pool on its driver and does not say so in the type they share. */
const poolOf = (dataSource: DataSource, name: 'pool' | 'master'): unknown =>
  (dataSource.driver as unknown as Record<typeof name, unknown>)[name];
