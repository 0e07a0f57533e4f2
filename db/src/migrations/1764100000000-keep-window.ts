import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { engineOf } from '../engine.js';
import { cascade, columnTypes } from './columns.js';

const OF_CONVERSATION = new TableIndex({
  name: 'IDX_posts_conversation',
  columnNames: ['conversation_id', 'id'],
});
/** The same, and all that is asked of old posts, so that nobody reads thousands of texts for it. */
const OF_BRANCH = new TableIndex({
  name: 'IDX_posts_branch',
  columnNames: ['conversation_id', 'id', 'parent_id', 'pinned_at', 'fresh_start_at'],
});

/** What a model is shown of a conversation: fresh starts, old turns that were chosen, summaries. */
export class KeepWindow1764100000000 implements MigrationInterface {
  readonly name = 'KeepWindow1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    const engine = engineOf(runner);
    const time = { sqlite: 'datetime', mariadb: 'datetime(3)', postgres: 'timestamptz(3)' }[engine];
    const text = engine === 'mariadb' ? 'longtext' : 'text';
    // In plain SQL: the query runner would write SQLite's table anew.
    await runner.query(`ALTER TABLE posts ADD COLUMN fresh_start_at ${time} NULL`);
    await runner.query(`ALTER TABLE posts ADD COLUMN kept_ids ${text} NULL`);
    // The new one first: MariaDB's foreign key needs one of the two.
    await runner.createIndex('posts', OF_BRANCH.clone());
    await runner.dropIndex('posts', OF_CONVERSATION.name ?? '');
    await runner.createTable(summaries(runner));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('summaries');
    await runner.createIndex('posts', OF_CONVERSATION.clone());
    await runner.dropIndex('posts', OF_BRANCH.name ?? '');
    await runner.query('ALTER TABLE posts DROP COLUMN kept_ids');
    await runner.query('ALTER TABLE posts DROP COLUMN fresh_start_at');
  }
}

function summaries(runner: QueryRunner): Table {
  const type = columnTypes(engineOf(runner));
  return new Table({
    name: 'summaries',
    columns: [
      type.id(),
      type.varchar('run_id', 32),
      type.varchar('owner', 32, { isNullable: true }),
      type.int('conversation_id'),
      type.int('after_post_id', { isNullable: true }),
      type.int('post_id'),
      type.int('posts'),
      type.text('text'),
      type.int('tokens'),
      type.varchar('model', 255),
      type.bigint('cost_nano_usd', { isNullable: true }),
      type.time('created_at'),
      type.time('undone_at', { isNullable: true }),
    ],
    uniques: [{ name: 'UQ_summaries_place', columnNames: ['conversation_id', 'post_id'] }],
    foreignKeys: [cascade('FK_summaries_conversation', 'conversation_id', 'conversation')],
    indices: [{ name: 'IDX_summaries_owner', columnNames: ['owner'] }],
  });
}
