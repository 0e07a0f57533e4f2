import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { engineOf } from '../engine.js';
import { cascade, columnTypes } from './columns.js';

/** Runs, and the ledger of model calls. */
export class CreateRuns1763600000002 implements MigrationInterface {
  readonly name = 'CreateRuns1763600000002';

  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(engineOf(runner));
    await runner.createTable(
      new Table({
        name: 'runs',
        columns: [
          type.varchar('id', 32, { isPrimary: true }),
          type.int('post_id'),
          type.int('user_id'),
          type.varchar('kind', 16),
          type.varchar('idempotency_key', 200, { isNullable: true }),
          type.varchar('request_hash', 64),
          type.varchar('owner', 32),
          type.varchar('status', 16),
          type.varchar('trace_id', 64, { isNullable: true }),
          type.time('started_at'),
          type.time('ended_at', { isNullable: true }),
        ],
        uniques: [{ name: 'UQ_runs_key', columnNames: ['user_id', 'idempotency_key'] }],
        foreignKeys: [
          cascade('FK_runs_post', 'post_id', 'posts'),
          cascade('FK_runs_user', 'user_id', 'users'),
        ],
        indices: [
          { name: 'IDX_runs_status', columnNames: ['status', 'owner'] },
          { name: 'IDX_runs_post', columnNames: ['post_id'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'usage',
        columns: [
          type.id('bigint'),
          type.varchar('run_id', 32),
          type.int('user_id'),
          type.varchar('username', 255),
          type.int('conversation_id'),
          type.int('post_id'),
          type.varchar('purpose', 16),
          type.varchar('door', 16),
          type.varchar('provider', 32),
          type.varchar('model', 255),
          type.int('prompt_tokens', { isNullable: true }),
          type.int('cached_tokens', { isNullable: true }),
          type.int('completion_tokens', { isNullable: true }),
          type.boolean('estimated', { default: false }),
          type.varchar('outcome', 40, { isNullable: true }),
          type.bigint('cost_nano_usd', { isNullable: true }),
          type.int('ttft_ms', { isNullable: true }),
          type.int('duration_ms', { isNullable: true }),
          type.time('opened_at'),
          type.time('closed_at', { isNullable: true }),
        ],
        indices: [
          { name: 'IDX_usage_run', columnNames: ['run_id'] },
          { name: 'IDX_usage_user', columnNames: ['user_id', 'opened_at'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('usage');
    await runner.dropTable('runs');
  }
}
