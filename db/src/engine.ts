import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

/** The database engines Prosa runs on. */
export type Engine = 'sqlite' | 'mariadb' | 'postgres';

/**
 * Which engine a connection speaks to.
 * @throws {Error} for a TypeORM driver Prosa does not support.
 */
export function engineOf(connection: DataSource | EntityManager | QueryRunner): Engine {
  const dataSource = 'dataSource' in connection ? connection.dataSource : connection;
  const { type } = dataSource.options;
  switch (type) {
    case 'better-sqlite3':
      return 'sqlite';
    case 'mariadb':
      return 'mariadb';
    case 'postgres':
      return 'postgres';
    default:
      throw new Error(`Prosa does not run on ${type}`);
  }
}
