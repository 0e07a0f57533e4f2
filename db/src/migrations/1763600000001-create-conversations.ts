import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { engineOf } from '../engine.js';
import { CONVERSATION_STATUSES } from '../entities/conversation.entity.js';
import { cascade, columnTypes, type ColumnTypes } from './columns.js';

/** Conversations, their posts, and what belongs to a post. */
export class CreateConversations1763600000001 implements MigrationInterface {
  readonly name = 'CreateConversations1763600000001';

  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(engineOf(runner));
    for (const table of [conversation, posts, postParts, postSources, feedback]) {
      await runner.createTable(table(type));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['feedback', 'post_sources', 'post_parts', 'posts', 'conversation']) {
      await runner.dropTable(table);
    }
    if (engineOf(runner) === 'postgres') {
      await runner.query('DROP TYPE IF EXISTS conversation_status_enum');
    }
  }
}

const conversation = (type: ColumnTypes) =>
  new Table({
    name: 'conversation',
    columns: [
      type.id(),
      type.oneOf('status', CONVERSATION_STATUSES, 'conversation_status_enum'),
      type.int('user_id'),
      type.time('created_at'),
      type.varchar('title', 255, { isNullable: true }),
      type.boolean('title_by_person', { default: false }),
      type.time('updated_at'),
      type.time('pinned_at', { isNullable: true }),
      type.time('deleted_at', { isNullable: true }),
      type.varchar('channel', 16, { default: "'web'" }),
      type.varchar('model', 255, { isNullable: true }),
      type.text('instructions', { isNullable: true }),
      type.int('leaf_post_id', { isNullable: true }),
    ],
    foreignKeys: [cascade('FK_conversation_user', 'user_id', 'users')],
    indices: [
      {
        name: 'IDX_conversation_list',
        columnNames: ['user_id', 'status', 'pinned_at', 'updated_at', 'id'],
      },
    ],
  });

const posts = (type: ColumnTypes) =>
  new Table({
    name: 'posts',
    columns: [
      type.id(),
      type.text('prompt'),
      type.text('body'),
      type.int('conversation_id'),
      type.time('created_at'),
      type.int('parent_id', { isNullable: true }),
      type.varchar('status', 16, { default: "'done'" }),
      type.varchar('error_code', 40, { isNullable: true }),
      type.varchar('model', 255, { isNullable: true }),
      type.varchar('route', 16, { isNullable: true }),
      type.time('pinned_at', { isNullable: true }),
      type.int('prompt_tokens', { isNullable: true }),
      type.int('body_tokens', { isNullable: true }),
      type.time('finished_at', { isNullable: true }),
    ],
    foreignKeys: [cascade('FK_posts_conversation', 'conversation_id', 'conversation')],
    indices: [
      { name: 'IDX_posts_conversation', columnNames: ['conversation_id', 'id'] },
      { name: 'IDX_posts_parent', columnNames: ['parent_id'] },
    ],
  });

const postParts = (type: ColumnTypes) =>
  new Table({
    name: 'post_parts',
    columns: [
      type.int('post_id', { isPrimary: true }),
      type.int('seq', { isPrimary: true }),
      type.int('start'),
      type.text('text'),
    ],
    foreignKeys: [cascade('FK_post_parts_post', 'post_id', 'posts')],
  });

const postSources = (type: ColumnTypes) =>
  new Table({
    name: 'post_sources',
    columns: [
      type.int('post_id', { isPrimary: true }),
      type.int('n', { isPrimary: true }),
      type.varchar('kind', 16),
      type.varchar('title', 255),
      type.varchar('url', 2048, { isNullable: true }),
      type.int('document_id', { isNullable: true }),
      type.text('quote'),
    ],
    foreignKeys: [cascade('FK_post_sources_post', 'post_id', 'posts')],
  });

const feedback = (type: ColumnTypes) =>
  new Table({
    name: 'feedback',
    columns: [type.int('post_id', { isPrimary: true }), type.int('value'), type.time('created_at')],
    foreignKeys: [cascade('FK_feedback_post', 'post_id', 'posts')],
  });
