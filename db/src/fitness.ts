import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { engineOf } from './engine.js';
import { Process } from './entities/process.entity.js';
import { unfinishedMigration } from './mariadb/unfinished-migration.js';
import { DatabaseUnfitError } from './open-failure.rules.js';

/**
 * Reads whether the migrations may begin, and changes nothing.
 * @throws {DatabaseUnfitError} for a database that a newer Prosa has upgraded, and for one in which
 * a migration was cut short.
 */
export async function requireMigratable(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable('migrations'))) {
      return;
    }
    const rows = (await runner.query('SELECT name FROM migrations')) as readonly { name: string }[];
    const ran = new Set(rows.map(({ name }) => name));
    const known = new Set(dataSource.migrations.map(({ name }) => name));
    const newer = [...ran].filter((name) => !known.has(name));
    if (newer.length > 0) {
      throw new DatabaseUnfitError(
        `The database (DATABASE_URL) was upgraded by a newer Prosa: this one does not know ${newer.join(', ')}. ` +
          'Nothing was changed. Start the newer Prosa, or restore the backup made before its first start.',
      );
    }
    const unfinished = await unfinishedMigration(runner);
    if (unfinished !== undefined && !ran.has(unfinished)) {
      throw new DatabaseUnfitError(
        `The database (DATABASE_URL) is half-migrated: ${unfinished} began and did not end. ` +
          'Nothing was changed now. Restore the backup made before the upgrade and start again; ' +
          'a database that was new and empty can be dropped and made again.',
      );
    }
  } finally {
    await runner.release();
  }
}

/**
 * Every character that people write must be storable, and each table made later inherits this.
 * @throws {DatabaseUnfitError} for a database of another character set.
 */
export async function requireUnicode(dataSource: DataSource): Promise<void> {
  switch (engineOf(dataSource)) {
    case 'sqlite':
      return;
    case 'mariadb':
      return requireUtf8mb4(dataSource);
    case 'postgres': {
      const [row] = await dataSource.query<{ server_encoding: string }[]>('SHOW server_encoding');
      if (row?.server_encoding !== 'UTF8') {
        throw new DatabaseUnfitError(
          `The database (DATABASE_URL) has the encoding ${String(row?.server_encoding)}, which cannot hold every character. ` +
            "Nothing was changed. Make it anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
        );
      }
    }
  }
}

async function requireUtf8mb4(dataSource: DataSource): Promise<void> {
  const [database] = await dataSource.query<{ name: string; charset: string }[]>(
    'SELECT DATABASE() AS name, @@character_set_database AS charset',
  );
  const tables = await dataSource.query<{ name: string; collation: string }[]>(
    `SELECT TABLE_NAME AS name, TABLE_COLLATION AS collation FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'
       AND TABLE_COLLATION NOT LIKE 'utf8mb4%'`,
  );
  const ours = new Set(dataSource.entityMetadatas.map(({ tableName }) => tableName));
  const narrow = tables.filter(({ name }) => ours.has(name));
  const name = String(database?.name);
  if (database?.charset !== 'utf8mb4') {
    throw new DatabaseUnfitError(
      `The database (DATABASE_URL) has the character set ${String(database?.charset)}, which cannot hold every character. ` +
        `Nothing was changed. For an empty database: ALTER DATABASE \`${name}\` CHARACTER SET utf8mb4`,
    );
  }
  if (narrow.length > 0) {
    throw new DatabaseUnfitError(
      `The database (DATABASE_URL) has tables of a collation that cannot hold every character: ${narrow.map((table) => `${table.name} (${table.collation})`).join(', ')}. ` +
        'Nothing was changed. After a backup, for each: ALTER TABLE … CONVERT TO CHARACTER SET utf8mb4',
    );
  }
}

/**
 * Writes a row and takes it back: a server without a right to write would fail at the first person.
 * @throws {Error} the driver's, when nothing can be written.
 */
export async function requireWritable(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    const id = randomBytes(16).toString('hex');
    await runner.manager.insert(Process, { id, seenAt: new Date() });
    await runner.rollbackTransaction();
  } finally {
    await runner.release();
  }
}
