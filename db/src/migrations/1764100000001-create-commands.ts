import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { engineOf } from '../engine.js';
import { cascade, columnTypes } from './columns.js';

const COLUMNS = [
  ['users', 'instructions'],
  ['posts', 'asked'],
] as const;

/**
 * Commands, a person's own instructions, and what a model is asked where a command made that of a
 * prompt. Columns are added in plain SQL: the query runner would write SQLite's tables anew.
 */
export class CreateCommands1764100000001 implements MigrationInterface {
  readonly name = 'CreateCommands1764100000001';

  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(engineOf(runner));
    await runner.createTable(
      new Table({
        name: 'commands',
        columns: [
          type.id(),
          type.varchar('owner', 32),
          type.varchar('word', 64),
          type.int('user_id', { isNullable: true }),
          type.varchar('built_in', 16, { isNullable: true }),
          type.varchar('name', 32),
          type.varchar('title', 120),
          type.text('text'),
          type.time('created_at'),
          type.time('updated_at'),
        ],
        uniques: [{ name: 'UQ_commands_word', columnNames: ['owner', 'word'] }],
        foreignKeys: [cascade('FK_commands_user', 'user_id', 'users')],
      }),
    );
    for (const [table, column] of COLUMNS) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${type.text('').type} NULL`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS) {
      await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    }
    await runner.dropTable('commands');
  }
}
