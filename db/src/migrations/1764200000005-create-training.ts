import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { engineOf } from '../engine.js';
import { cascade, columnTypes } from './columns.js';

/**
 * Questions with their right answers, and who lets theirs be used to train a model. The column is
 * added in plain SQL: the query runner would write SQLite's table anew.
 */
export class CreateTraining1764200000005 implements MigrationInterface {
  readonly name = 'CreateTraining1764200000005';

  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(engineOf(runner));
    await runner.createTable(
      new Table({
        name: 'training_pairs',
        columns: [
          type.id(),
          type.int('user_id'),
          type.int('post_id', { isNullable: true }),
          type.text('question'),
          type.text('answer'),
          type.time('created_at'),
          type.time('updated_at'),
        ],
        uniques: [{ name: 'UQ_training_pairs_post', columnNames: ['post_id'] }],
        foreignKeys: [
          cascade('FK_training_pairs_user', 'user_id', 'users'),
          cascade('FK_training_pairs_post', 'post_id', 'posts'),
        ],
      }),
    );
    const { type: time, precision } = type.time('');
    const column = `${time}${precision == null ? '' : `(${String(precision)})`}`;
    await runner.query(`ALTER TABLE users ADD COLUMN training_consent_at ${column} NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP COLUMN training_consent_at');
    await runner.dropTable('training_pairs');
  }
}
