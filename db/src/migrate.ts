import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { engineOf } from './engine.js';
import { forgetMigration, noteMigration } from './mariadb/unfinished-migration.js';

class Executor extends MigrationExecutor {
  makeMigrationsTable(runner: QueryRunner): Promise<void> {
    return this.createMigrationsTableIfNotExist(runner);
  }
}

/**
 * Runs the migrations that the database lacks, each in a transaction of its own.
 * @param before called before each one; what it throws ends the migrating.
 * @throws {Error} the driver's, when a statement is refused.
 */
export async function migrate(
  dataSource: DataSource,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    const executor = new Executor(dataSource, runner);
    await executor.makeMigrationsTable(runner);
    for (const migration of await executor.getPendingMigrations()) {
      await before();
      const work = async () => {
        await executor.executeMigration(migration);
      };
      await (engineOf(runner) === 'mariadb'
        ? noted(runner, migration.name, work)
        : inOneTransaction(runner, work));
    }
  } finally {
    await runner.release();
  }
}

async function inOneTransaction(runner: QueryRunner, work: () => Promise<void>): Promise<void> {
  await runner.beforeMigration(); // Here, because SQLite heeds it only outside a transaction.
  await runner.startTransaction();
  try {
    await work();
    await runner.commitTransaction();
  } catch (error) {
    // The first error is the cause.
    await runner.rollbackTransaction().catch(() => undefined);
    await runner.afterMigration().catch(() => undefined);
    throw error;
  }
  await runner.afterMigration();
}

/** In place of a transaction, which does not hold a change of MariaDB's schema together. */
async function noted(runner: QueryRunner, name: string, work: () => Promise<void>): Promise<void> {
  await noteMigration(runner, name);
  const changes = countChanges(runner);
  try {
    await work();
  } catch (error) {
    if (changes.stop() === 0) {
      await forgetMigration(runner).catch(() => undefined); // The first error is the cause.
    }
    throw error;
  }
  changes.stop();
  await forgetMigration(runner);
}

/** Counts the statements that may have changed something. */
function countChanges(runner: QueryRunner): { stop(): number } {
  const original = runner.query.bind(runner);
  let changes = 0;
  runner.query = (async (...asked: Parameters<QueryRunner['query']>) => {
    const answer: unknown = await original(...asked);
    changes += /^\s*(SELECT|SHOW)\b/i.test(asked[0]) ? 0 : 1;
    return answer;
  }) as QueryRunner['query'];
  return {
    stop() {
      runner.query = original;
      return changes;
    },
  };
}
