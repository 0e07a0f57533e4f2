import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { engineOf } from '../engine.js';
import { cascade, columnTypes } from './columns.js';

/** What the web answered a short while ago, and how often each person asked it. */
export class CreateWebAnswers1764200000002 implements MigrationInterface {
  readonly name = 'CreateWebAnswers1764200000002';

  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(engineOf(runner));
    await runner.createTable(
      new Table({
        name: 'web_answers',
        columns: [
          type.varchar('id', 64, { isPrimary: true }),
          type.text('content'),
          type.time('expires_at'),
        ],
        indices: [new TableIndex({ name: 'IDX_web_answers_expires', columnNames: ['expires_at'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'web_counts',
        columns: [
          type.int('user_id', { isPrimary: true }),
          type.int('day', { isPrimary: true }),
          type.int('searches'),
        ],
        foreignKeys: [cascade('FK_web_counts_user', 'user_id', 'users')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('web_counts');
    await runner.dropTable('web_answers');
  }
}
