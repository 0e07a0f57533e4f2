import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { engineOf } from '../engine.js';
import { cascade, columnTypes } from './columns.js';

/** What a day's first count of requests is read by. */
const RUNS_BY_TIME = new TableIndex({ name: 'IDX_runs_time', columnNames: ['started_at'] });

/** Limits, what was used of them, and what runs have set aside. */
export class CreateLimits1764000000001 implements MigrationInterface {
  readonly name = 'CreateLimits1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(engineOf(runner));
    await runner.createTable(
      new Table({
        name: 'limits',
        columns: [
          type.id(),
          type.varchar('subject', 32),
          type.int('user_id', { isNullable: true }),
          type.varchar('measure', 16),
          type.varchar('period', 8),
          type.bigint('amount'),
        ],
        uniques: [{ name: 'UQ_limits_what', columnNames: ['subject', 'measure', 'period'] }],
        foreignKeys: [cascade('FK_limits_user', 'user_id', 'users')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'limit_counters',
        columns: [
          type.varchar('id', 80, { isPrimary: true }),
          type.varchar('subject', 32),
          type.varchar('measure', 16),
          type.varchar('period', 8),
          type.time('starts_at'),
          type.time('ends_at'),
          type.bigint('used'),
          type.bigint('reserved'),
        ],
        indices: [{ name: 'IDX_limit_counters_subject', columnNames: ['subject', 'ends_at'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'reservations',
        columns: [
          type.varchar('run_id', 32, { isPrimary: true }),
          type.varchar('purpose', 16, { isPrimary: true }),
          type.varchar('counter_id', 80, { isPrimary: true }),
          type.bigint('amount'),
        ],
      }),
    );
    await runner.createIndex('runs', RUNS_BY_TIME.clone());
    // The row that lockCounting locks where the engine has no better.
    const far = "'9999-12-31 00:00:00.000'";
    await runner.query(
      `INSERT INTO limit_counters (id, subject, measure, period, starts_at, ends_at, used, reserved)
       VALUES ('', '', '', '', ${far}, ${far}, 0, 0)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('runs', RUNS_BY_TIME.name ?? '');
    await runner.dropTable('reservations');
    await runner.dropTable('limit_counters');
    await runner.dropTable('limits');
  }
}
