import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const SAME = new TableIndex({ name: 'IDX_document_versions_sha256', columnNames: ['sha256'] });

/** Finds the version that has the same bytes. */
export class IndexDocuments1764200000004 implements MigrationInterface {
  readonly name = 'IndexDocuments1764200000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('document_versions', SAME.clone());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('document_versions', SAME.name ?? '');
  }
}
