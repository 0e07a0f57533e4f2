import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { engineOf } from '../engine.js';
import { columnTypes } from './columns.js';

/** Which answers cited a document. */
const OF_DOCUMENT = new TableIndex({
  name: 'IDX_post_sources_document',
  columnNames: ['document_id'],
});

/**
 * Where an answer was to look and why it looked there, and where each of its sources stands.
 * Columns are added in plain SQL: the query runner would write SQLite's tables anew.
 */
export class KeepSources1764200000003 implements MigrationInterface {
  readonly name = 'KeepSources1764200000003';

  async up(runner: QueryRunner): Promise<void> {
    const engine = engineOf(runner);
    const type = columnTypes(engine);
    const { type: int } = type.int('');
    const { type: boolean } = type.boolean('');
    const { type: text } = type.text('');
    const time = { sqlite: 'datetime', mariadb: 'datetime(3)', postgres: 'timestamptz(3)' }[engine];
    const added = {
      posts: [
        'route_reason varchar(16)',
        `wished_web ${boolean}`,
        `wished_knowledge ${boolean}`,
        `wished_collections ${text}`,
      ],
      post_sources: [
        `version_id ${int}`,
        `passage ${int}`,
        `page ${int}`,
        'heading varchar(500)',
        'host varchar(255)',
        `found_at ${time}`,
        `published_at ${time}`,
      ],
    };
    for (const [table, columns] of Object.entries(added)) {
      for (const column of columns) {
        await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} NULL`);
      }
    }
    await runner.createIndex('post_sources', OF_DOCUMENT.clone());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('post_sources', OF_DOCUMENT.name ?? '');
    const dropped = {
      post_sources: [
        ...['published_at', 'found_at', 'host', 'heading', 'page', 'passage', 'version_id'],
      ],
      posts: ['wished_collections', 'wished_knowledge', 'wished_web', 'route_reason'],
    };
    for (const [table, columns] of Object.entries(dropped)) {
      for (const column of columns) {
        await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
      }
    }
  }
}
