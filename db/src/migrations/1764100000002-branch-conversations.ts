import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { engineOf } from '../engine.js';
import { columnTypes } from './columns.js';

const KEY = new TableIndex({
  name: 'UQ_conversation_branch_key',
  columnNames: ['user_id', 'branch_key'],
  isUnique: true,
});
const FROM = new TableIndex({
  name: 'IDX_conversation_branched_from',
  columnNames: ['branched_from_id'],
});

/**
 * Where a conversation branched off, and when a post was last the end of the branch shown. Columns
 * are added in plain SQL: the query runner would write SQLite's tables anew.
 */
export class BranchConversations1764100000002 implements MigrationInterface {
  readonly name = 'BranchConversations1764100000002';

  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(engineOf(runner));
    const { type: int } = type.int('');
    const { type: time, precision } = type.time('');
    const added = [
      ['conversation', `branched_from_id ${int}`],
      ['conversation', `branched_post_id ${int}`],
      ['conversation', 'branch_key varchar(200)'],
      ['posts', `left_at ${time}${precision == null ? '' : `(${String(precision)})`}`],
    ] as const;
    for (const [table, column] of added) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} NULL`);
    }
    await runner.createIndex('conversation', KEY.clone());
    await runner.createIndex('conversation', FROM.clone());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('conversation', FROM.name ?? '');
    await runner.dropIndex('conversation', KEY.name ?? '');
    await runner.query('ALTER TABLE posts DROP COLUMN left_at');
    for (const column of ['branch_key', 'branched_post_id', 'branched_from_id']) {
      await runner.query(`ALTER TABLE conversation DROP COLUMN ${column}`);
    }
  }
}
