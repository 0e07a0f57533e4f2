import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { engineOf } from '../engine.js';
import { cascade, type ColumnTypes, columnTypes } from './columns.js';

/** Versions of the rails, what they found, and what stands for personal data in conversations. */
export class CreateGuardrails1764300000000 implements MigrationInterface {
  readonly name = 'CreateGuardrails1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    const engine = engineOf(runner);
    const type = columnTypes(engine);
    for (const table of [policies(type), publications(type), events(type), masks(type)]) {
      await runner.createTable(table);
    }
    const integer = engine === 'sqlite' ? 'integer' : 'int';
    await runner.query(`ALTER TABLE posts ADD COLUMN policy_id ${integer} NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE posts DROP COLUMN policy_id');
    for (const name of [
      'conversation_masks',
      'guardrail_events',
      'guardrail_publications',
      'guardrail_policies',
    ]) {
      await runner.dropTable(name);
    }
  }
}

const policies = (type: ColumnTypes) =>
  new Table({
    name: 'guardrail_policies',
    columns: [
      type.id(),
      type.varchar('source', 16),
      type.text('files'),
      type.varchar('digest', 64),
      type.varchar('note', 500),
      type.varchar('created_by', 255, { isNullable: true }),
      type.time('created_at'),
    ],
    uniques: [{ name: 'UQ_guardrail_policies_digest', columnNames: ['digest'] }],
  });

const publications = (type: ColumnTypes) =>
  new Table({
    name: 'guardrail_publications',
    columns: [
      type.id(),
      type.int('policy_id'),
      type.varchar('published_by', 255, { isNullable: true }),
      type.time('published_at'),
    ],
    foreignKeys: [cascade('FK_guardrail_publications_policy', 'policy_id', 'guardrail_policies')],
  });

const events = (type: ColumnTypes) =>
  new Table({
    name: 'guardrail_events',
    columns: [
      type.id('bigint'),
      type.time('created_at'),
      type.int('policy_id', { isNullable: true }),
      type.varchar('stage', 16),
      type.varchar('rail', 32),
      type.varchar('rule', 128),
      type.varchar('action', 16),
      type.varchar('outcome', 16),
      type.int('hits'),
      type.int('user_id'),
      type.int('conversation_id', { isNullable: true }),
      type.int('post_id', { isNullable: true }),
      type.varchar('run_id', 32, { isNullable: true }),
      type.varchar('door', 16),
      type.int('duration_ms', { isNullable: true }),
      type.time('reported_at', { isNullable: true }),
    ],
    indices: [
      { name: 'IDX_guardrail_events_time', columnNames: ['created_at', 'id'] },
      { name: 'IDX_guardrail_events_post', columnNames: ['post_id'] },
    ],
  });

const masks = (type: ColumnTypes) =>
  new Table({
    name: 'conversation_masks',
    columns: [
      type.id(),
      type.int('conversation_id'),
      type.varchar('kind', 32),
      type.int('n'),
      type.varchar('digest', 64),
      type.text('sealed'),
      type.time('created_at'),
    ],
    uniques: [
      { name: 'UQ_conversation_masks_value', columnNames: ['conversation_id', 'digest'] },
      { name: 'UQ_conversation_masks_name', columnNames: ['conversation_id', 'kind', 'n'] },
    ],
    foreignKeys: [cascade('FK_conversation_masks_conversation', 'conversation_id', 'conversation')],
  });
