import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDICES = [
  new TableIndex({ name: 'IDX_usage_time', columnNames: ['opened_at'] }),
  new TableIndex({ name: 'IDX_usage_closed', columnNames: ['closed_at'] }),
];
const COLUMNS = {
  price_source: 'varchar(100)',
  price_as_of: 'varchar(10)',
  prompt_estimate: 'int',
};

/**
 * The ledger says by whose price a call was billed and what its prompt was taken for, and is read by
 * time; what is open is found by having no end. In plain SQL, which all engines know: the query runner
 * would write SQLite's table anew.
 */
export class DatePrices1764000000000 implements MigrationInterface {
  readonly name = 'DatePrices1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, type] of Object.entries(COLUMNS)) {
      await alterUsage(runner, `ADD COLUMN ${name} ${type} NULL`);
    }
    for (const index of INDICES) {
      await runner.createIndex('usage', index.clone());
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of INDICES) {
      await runner.dropIndex('usage', name ?? '');
    }
    for (const name of Object.keys(COLUMNS)) {
      await alterUsage(runner, `DROP COLUMN ${name}`);
    }
  }
}

/** `usage` is a word of MariaDB's, so it stands in quotes. */
async function alterUsage(runner: QueryRunner, change: string): Promise<void> {
  await runner.query(`ALTER TABLE ${runner.dataSource.driver.escape('usage')} ${change}`);
}
