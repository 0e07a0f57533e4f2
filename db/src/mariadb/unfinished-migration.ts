import type { QueryRunner } from 'typeorm';
import { engineOf } from '../engine.js';

const BEGAN = 'began: ';

/**
 * MariaDB commits each statement that changes the schema, so that a migration that is cut short
 * leaves some of it. Therefore its name is written down before it begins, as the comment of the
 * table `migrations`: there it is in every dump, and no table must be made for it.
 */
export async function noteMigration(runner: QueryRunner, name: string): Promise<void> {
  await comment(runner, BEGAN + name);
}

/** The migration has ended, or has changed nothing. */
export async function forgetMigration(runner: QueryRunner): Promise<void> {
  await comment(runner, '');
}

/** The migration that began last and did not end; always undefined on the other engines. */
export async function unfinishedMigration(runner: QueryRunner): Promise<string | undefined> {
  if (engineOf(runner) !== 'mariadb') {
    return undefined;
  }
  const rows = (await runner.query(
    `SELECT TABLE_COMMENT AS comment FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'migrations'`,
  )) as readonly { comment: string }[];
  const note = rows[0]?.comment ?? '';
  return note.startsWith(BEGAN) ? note.slice(BEGAN.length) : undefined;
}

async function comment(runner: QueryRunner, text: string): Promise<void> {
  // Migrations have names of letters and digits.
  await runner.query(`ALTER TABLE migrations COMMENT = '${text}'`);
}
