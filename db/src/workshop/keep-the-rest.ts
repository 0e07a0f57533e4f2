import type { QueryRunner } from 'typeorm';
import type { PeoplePlan } from './take-over-people.js';
import { numberOf, quoted } from './rows.js';
import {
  asideName,
  extraColumns,
  keptName,
  type Tables,
  WORKSHOP_TABLES,
  type WorkshopTable,
} from './workshop-tables.rules.js';

/** Rows of a workshop table for which Prosa has no place, or no place for all of them. */
export interface KeptRows {
  readonly table: WorkshopTable;
  readonly rows: number;
  /** Columns that the workshop did not have. */
  readonly columns: readonly string[];
}

/** How a table's rows are kept. `old` is the row, `taken` Prosa's; the reason is SQL. */
interface Keeping {
  readonly from: string;
  readonly reason: string;
  readonly columns: readonly string[];
  readonly parameters?: readonly unknown[];
}

/** Removed in this order: `posts` may only be missing once no conversation is left to take. */
const REMOVAL = ['conversation', 'posts', 'users'] as const satisfies readonly WorkshopTable[];

/**
 * Copies what was not taken over, or not wholly, into tables of its own, with the reason beside
 * it. Passwords are never copied. Says the same when it is done again.
 */
export async function keepTheRest(
  runner: QueryRunner,
  tables: Tables,
  people: PeoplePlan,
): Promise<KeptRows[]> {
  const kept: KeptRows[] = [];
  for (const table of WORKSHOP_TABLES) {
    const shape = tables.get(asideName(table));
    if (shape !== undefined) {
      const columns = extraColumns(table, shape).map(quoted);
      const rows = await keep(runner, table, keepings(people, columns)[table]);
      kept.push({ table, rows, columns: extraColumns(table, shape) });
    }
  }
  return kept;
}

/** Removes the workshop's tables, and with them every password that can be read. */
export async function removeAside(runner: QueryRunner): Promise<void> {
  for (const table of REMOVAL) {
    await runner.query(`DROP TABLE IF EXISTS ${asideName(table)}`);
  }
}

async function keep(runner: QueryRunner, table: WorkshopTable, how: Keeping): Promise<number> {
  const from = `FROM (SELECT ${how.reason} AS reason, ${how.columns.join(', ')} ${how.from}) kept
    WHERE kept.reason IS NOT NULL`;
  const rows = await numberOf(runner, `SELECT COUNT(*) AS n ${from}`, how.parameters);
  if (rows > 0) {
    await runner.query(
      `CREATE OR REPLACE TABLE ${keptName(table)} ENGINE=InnoDB SELECT * ${from}`,
      how.parameters && [...how.parameters],
    );
  }
  return rows;
}

function keepings(people: PeoplePlan, extra: readonly string[]): Record<WorkshopTable, Keeping> {
  const unknownColumns = extra.length > 0 ? "'columns that Prosa does not know'" : 'NULL';
  const extras = extra.map((column) => `old.${column}`);
  return {
    users: {
      from: `FROM ${asideName('users')} old LEFT JOIN JSON_TABLE(?, '$[*]' COLUMNS (
        id int PATH '$.id', reason longtext PATH '$.reason')) why ON why.id = old.id`,
      reason: `COALESCE(why.reason, ${unknownColumns})`,
      columns: ['old.id', 'old.username', 'old.created_at', ...extras],
      parameters: [JSON.stringify(personReasons(people))],
    },
    conversation: {
      from: `FROM ${asideName('conversation')} old LEFT JOIN conversation taken ON taken.id = old.id`,
      reason: `CASE WHEN taken.id IS NULL THEN 'belongs to nobody'
        WHEN TRIM(LOWER(COALESCE(old.status, ''))) NOT IN ('online', 'deleted')
          THEN 'its status became online'
        ELSE ${unknownColumns} END`,
      columns: ['old.id', 'old.status', 'old.user_id', 'old.created_at', ...extras],
    },
    posts: {
      from: `FROM ${asideName('posts')} old LEFT JOIN posts taken ON taken.id = old.id`,
      reason: `CASE WHEN taken.id IS NULL THEN 'belongs to no conversation of a person'
        ELSE ${unknownColumns} END`,
      columns: [
        'old.id',
        // What was taken over must not live on here when its owner deletes it.
        'IF(taken.id IS NULL, old.prompt, NULL) AS prompt',
        'IF(taken.id IS NULL, old.body, NULL) AS body',
        'old.conversation_id',
        'old.created_at',
        ...extras,
      ],
    },
  };
}

function personReasons({ renamed, lockedOut }: PeoplePlan): { id: number; reason: string }[] {
  const reasons = new Map<number, string[]>();
  const add = (id: number, reason: string) => reasons.set(id, [...(reasons.get(id) ?? []), reason]);
  for (const { id, assigned } of renamed) {
    add(id, `signs in as ${assigned}`);
  }
  for (const { id, why } of lockedOut) {
    add(id, `needs a new password: ${why}`);
  }
  return Array.from(reasons, ([id, all]) => ({ id, reason: all.join('; ') }));
}
