import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { engineOf } from '../engine.js';
import { cascade, columnTypes } from './columns.js';

/** People, their sign-ins and the servers that are running. */
export class CreateAccounts1763600000000 implements MigrationInterface {
  readonly name = 'CreateAccounts1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(engineOf(runner));
    await runner.createTable(
      new Table({
        name: 'users',
        columns: [
          type.id(),
          type.varchar('username', 255),
          type.varchar('password', 255),
          type.time('created_at'),
          type.varchar('display_name', 120, { isNullable: true }),
          type.varchar('role', 16, { default: "'member'" }),
          type.varchar('locale', 16, { isNullable: true }),
          type.boolean('must_change_password', { default: false }),
          type.time('suspended_at', { isNullable: true }),
        ],
        uniques: [{ name: 'UQ_users_username', columnNames: ['username'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'sessions',
        columns: [
          type.varchar('id', 32, { isPrimary: true }),
          type.int('user_id'),
          type.varchar('user_agent', 255, { isNullable: true }),
          type.time('created_at'),
          type.time('expires_at'),
          type.time('ended_at', { isNullable: true }),
        ],
        foreignKeys: [cascade('FK_sessions_user', 'user_id', 'users')],
        indices: [{ name: 'IDX_sessions_user', columnNames: ['user_id'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'refresh_tokens',
        columns: [
          type.varchar('hash', 64, { isPrimary: true }),
          type.varchar('session_id', 32),
          type.time('created_at'),
          type.time('used_at', { isNullable: true }),
        ],
        foreignKeys: [cascade('FK_refresh_tokens_session', 'session_id', 'sessions')],
        indices: [{ name: 'IDX_refresh_tokens_session', columnNames: ['session_id'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'processes',
        columns: [type.varchar('id', 32, { isPrimary: true }), type.time('seen_at')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['processes', 'refresh_tokens', 'sessions', 'users']) {
      await runner.dropTable(table);
    }
  }
}
