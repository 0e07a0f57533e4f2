import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';

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
    const executor = new MigrationExecutor(dataSource, runner);
    for (const migration of await executor.getPendingMigrations()) {
      await before();
      await inOneTransaction(runner, async () => {
        await executor.executeMigration(migration);
      });
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
    await runner.rollbackTransaction().catch(() => undefined); // The first error is the cause.
    throw error;
  } finally {
    await runner.afterMigration();
  }
}
