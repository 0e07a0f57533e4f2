import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { engineOf } from '../engine.js';
import { columnTypes } from './columns.js';

const UNFOLDED = new TableIndex({
  name: 'IDX_usage_folded',
  columnNames: ['folded', 'opened_at'],
});
const OF_POST = new TableIndex({ name: 'IDX_usage_post', columnNames: ['post_id'] });

/**
 * Sums of the ledger by the hour, which rows are in them, and the calls of a post. The column in
 * plain SQL, which all engines know: the query runner would write SQLite's table anew.
 */
export class FoldUsage1764000000002 implements MigrationInterface {
  readonly name = 'FoldUsage1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(engineOf(runner));
    const dimension = { isPrimary: true };
    await runner.createTable(
      new Table({
        name: 'usage_hours',
        withoutRowid: true, // SQLite's; read by ranges of the key.
        columns: [
          type.varchar('grain', 8, dimension),
          type.int('hour', dimension),
          type.int('user_id', dimension),
          type.varchar('username', 255, dimension),
          type.varchar('provider', 32, dimension),
          type.varchar('model', 255, dimension),
          type.varchar('purpose', 16, dimension),
          type.varchar('door', 16, dimension),
          type.int('calls'),
          type.bigint('prompt_tokens'),
          type.bigint('cached_tokens'),
          type.bigint('completion_tokens'),
          type.int('estimated_calls'),
          type.bigint('cost_nano_usd'),
          type.int('unpriced_calls'),
        ],
        indices: [{ name: 'IDX_usage_hours_user', columnNames: ['grain', 'user_id', 'hour'] }],
      }),
    );
    await alterUsage(runner, 'ADD COLUMN folded boolean NOT NULL DEFAULT false');
    await runner.createIndex('usage', UNFOLDED.clone());
    await runner.createIndex('usage', OF_POST.clone());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('usage', OF_POST.name ?? '');
    await runner.dropIndex('usage', UNFOLDED.name ?? '');
    await alterUsage(runner, 'DROP COLUMN folded');
    await runner.dropTable('usage_hours');
  }
}

/** `usage` is a word of MariaDB's, so it stands in quotes. */
async function alterUsage(runner: QueryRunner, change: string): Promise<void> {
  await runner.query(`ALTER TABLE ${runner.dataSource.driver.escape('usage')} ${change}`);
}
