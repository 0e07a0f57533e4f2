import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { type Engine, engineOf } from '../engine.js';
import { cascade, type ColumnTypes, columnTypes } from './columns.js';

const BYTES: Record<Engine, string> = { sqlite: 'blob', mariadb: 'longblob', postgres: 'bytea' };

const index = (name: string, ...columnNames: string[]) => new TableIndex({ name, columnNames });

/** Collections of documents, their versions, passages, and the work that is to be done for them. */
export class CreateKnowledge1764200000000 implements MigrationInterface {
  readonly name = 'CreateKnowledge1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    const engine = engineOf(runner);
    const type = columnTypes(engine);
    await runner.createTable(collections(type));
    await runner.createTable(shares(type));
    await runner.createTable(documents(type));
    await runner.createTable(versions(type));
    await runner.createTable(parts(type, BYTES[engine]));
    await runner.createTable(chunks(type));
    await runner.createTable(jobs(type));
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      ...['ingest_jobs', 'chunks', 'document_parts', 'document_versions', 'documents'],
      ...['collection_shares', 'collections'],
    ];
    for (const table of tables) await runner.dropTable(table);
  }
}

const collections = (type: ColumnTypes) =>
  new Table({
    name: 'collections',
    columns: [
      type.id(),
      type.int('user_id'),
      type.int('conversation_id', { isNullable: true }),
      type.varchar('name', 120),
      type.varchar('description', 500, { default: "''" }),
      type.varchar('visibility', 16),
      type.time('created_at'),
      type.time('updated_at'),
      type.time('deleted_at', { isNullable: true }),
    ],
    uniques: [{ name: 'UQ_collections_conversation', columnNames: ['conversation_id'] }],
    foreignKeys: [
      cascade('FK_collections_user', 'user_id', 'users'),
      cascade('FK_collections_conversation', 'conversation_id', 'conversation'),
    ],
    indices: [index('IDX_collections_user', 'user_id', 'deleted_at')],
  });

const shares = (type: ColumnTypes) =>
  new Table({
    name: 'collection_shares',
    columns: [
      type.int('collection_id', { isPrimary: true }),
      type.int('user_id', { isPrimary: true }),
      type.varchar('role', 16),
    ],
    foreignKeys: [
      cascade('FK_collection_shares_collection', 'collection_id', 'collections'),
      cascade('FK_collection_shares_user', 'user_id', 'users'),
    ],
    indices: [index('IDX_collection_shares_user', 'user_id')],
  });

const documents = (type: ColumnTypes) =>
  new Table({
    name: 'documents',
    columns: [
      type.id(),
      type.int('collection_id'),
      type.varchar('kind', 16),
      type.varchar('title', 255),
      type.varchar('url', 2048, { isNullable: true }),
      type.int('version_id', { isNullable: true }),
      type.int('created_by'),
      type.time('created_at'),
      type.time('updated_at'),
      type.time('deleted_at', { isNullable: true }),
    ],
    foreignKeys: [cascade('FK_documents_collection', 'collection_id', 'collections')],
    indices: [index('IDX_documents_collection', 'collection_id', 'deleted_at', 'id')],
  });

const versions = (type: ColumnTypes) =>
  new Table({
    name: 'document_versions',
    columns: [
      type.id(),
      type.int('document_id'),
      type.int('n'),
      type.varchar('status', 16),
      type.varchar('error_code', 64, { isNullable: true }),
      type.text('error_details', { isNullable: true }),
      type.varchar('file_name', 255),
      type.varchar('media_type', 127),
      type.int('bytes'),
      type.varchar('sha256', 64),
      type.int('pages', { isNullable: true }),
      type.int('characters', { isNullable: true }),
      type.int('chunk_count', { isNullable: true }),
      type.int('progress', { default: 0 }),
      type.int('created_by'),
      type.time('created_at'),
      type.time('finished_at', { isNullable: true }),
    ],
    uniques: [{ name: 'UQ_document_versions_n', columnNames: ['document_id', 'n'] }],
    foreignKeys: [cascade('FK_document_versions_document', 'document_id', 'documents')],
  });

/** The bytes of a version, in parts that every server takes in one packet. */
const parts = (type: ColumnTypes, bytes: string) =>
  new Table({
    name: 'document_parts',
    columns: [
      type.int('version_id', { isPrimary: true }),
      type.int('n', { isPrimary: true }),
      { name: 'bytes', type: bytes },
    ],
    foreignKeys: [cascade('FK_document_parts_version', 'version_id', 'document_versions')],
  });

const chunks = (type: ColumnTypes) =>
  new Table({
    name: 'chunks',
    columns: [
      type.id(),
      type.int('version_id'),
      type.int('document_id'),
      type.int('collection_id'),
      type.int('n'),
      type.int('page', { isNullable: true }),
      type.varchar('heading', 500),
      type.text('text'),
    ],
    uniques: [{ name: 'UQ_chunks_n', columnNames: ['version_id', 'n'] }],
    foreignKeys: [cascade('FK_chunks_version', 'version_id', 'document_versions')],
    indices: [index('IDX_chunks_collection', 'collection_id')],
  });

const jobs = (type: ColumnTypes) =>
  new Table({
    name: 'ingest_jobs',
    columns: [
      type.id(),
      type.varchar('kind', 16),
      type.int('version_id'),
      type.int('attempts', { default: 0 }),
      type.time('run_after'),
      type.varchar('owner', 32, { isNullable: true }),
      type.time('owned_until', { isNullable: true }),
      type.time('created_at'),
    ],
    indices: [index('IDX_ingest_jobs_due', 'run_after', 'id')],
  });
