import type { DataSource, QueryRunner } from 'typeorm';
import { engineOf } from '../engine.js';
import { DatabaseUnfitError } from '../open-failure.rules.js';
import { keepTheRest, removeAside } from './keep-the-rest.js';
import { rowsOf, timeOf, timeSql } from './rows.js';
import { ConversationTaker } from './take-over-conversations.js';
import { planPeople, takeOverPeople } from './take-over-people.js';
import { peopleLines, resultLines } from './upgrade-report.js';
import type { Upgrade, WorkshopRules } from './workshop-rules.js';
import {
  describeTables,
  dropEmptyOwnTables,
  makeUnicode,
  prepareAside,
  problemOfIds,
  setTablesAside,
} from './workshop-schema.js';
import { asideName, judgeDatabase, type Tables, WORKSHOP_TABLES } from './workshop-tables.rules.js';

/** Prosa's tables that have no entity. */
const WITHOUT_ENTITY = [
  'migrations',
  'search_text',
  'search_words',
  'document_parts',
  'chunk_words',
  'chunk_vectors',
];

/** What the upgrade needs of whoever opens the database. */
export interface UpgradeHelp {
  /** Absent: a database of the workshop is refused. */
  readonly rules: WorkshopRules | undefined;
  readonly say: (line: string) => void;
  /** @throws when this process is no longer the only one that upgrades. */
  readonly requireHeld: () => Promise<void>;
}

/**
 * Runs the migrations, on a database that is empty or Prosa's; on one of the ml-end2end workshop,
 * also takes over what is in it. There the workshop's tables are set aside, the migrations make
 * Prosa's own, and the rows are copied: see docs/adr/0020-workshop-tables-are-copied.md. Every step
 * may be interrupted; the next start goes on from what it finds. Must run under the migration lock.
 * @throws {DatabaseUnfitError} without any change, when the database is another program's.
 */
export async function migrateAndTakeOver(
  dataSource: DataSource,
  migrate: () => Promise<void>,
  help: UpgradeHelp,
): Promise<void> {
  const rules = await withRunner(dataSource, (runner) =>
    beginUpgrade(runner, help, ownTables(dataSource)),
  );
  if (rules && (await withRunner(dataSource, makeUnicode))) {
    await dataSource.destroy();
    await dataSource.initialize();
  }
  await migrate();
  if (rules) {
    await withRunner(dataSource, (runner) => takeOver({ ...help, runner, rules }));
  }
}

/** One connection at a time: the pool may have few, and the migrations take one of their own. */
async function withRunner<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
}

/** The names of all tables that the migrations make. */
export const ownTables = (dataSource: DataSource): ReadonlySet<string> =>
  new Set([...dataSource.entityMetadatas.map(({ tableName }) => tableName), ...WITHOUT_ENTITY]);

/**
 * Looks whose database it is, and sets the workshop's tables aside.
 * @returns the rules for taking them over; undefined when there is nothing to take over.
 */
async function beginUpgrade(
  runner: QueryRunner,
  { rules, say }: UpgradeHelp,
  ownNames: ReadonlySet<string>,
): Promise<WorkshopRules | undefined> {
  const tables = await describeTables(runner);
  const verdict = judgeDatabase(engineOf(runner), tables, ownNames);
  if (verdict.kind === 'ours') {
    return undefined;
  }
  if (verdict.kind === 'foreign') {
    throw refusal(verdict.reason);
  }
  if (rules === undefined) {
    throw refusal('it is of the ml-end2end workshop, which only the server takes over');
  }
  if (verdict.kind === 'workshop') {
    await setAside(runner, tables, say);
  } else {
    say('The upgrade of the ml-end2end database was interrupted. It goes on:');
    await dropEmptyOwnTables(runner, tables, ownNames);
  }
  for (const lost of await prepareAside(runner)) {
    say(`  The ${lost}.`);
  }
  return rules;
}

async function setAside(
  runner: QueryRunner,
  tables: Tables,
  say: (line: string) => void,
): Promise<void> {
  const problem = await problemOfIds(runner, tables);
  if (problem !== undefined) {
    throw refusal(problem);
  }
  say('This database is of the ml-end2end workshop. It becomes a database of Prosa:');
  await setTablesAside(runner, tables).catch((error: unknown) => {
    throw refusal(error instanceof Error ? error.message : String(error));
  });
}

const refusal = (reason: string) =>
  new DatabaseUnfitError(
    `The database (DATABASE_URL) is not one that Prosa can use: ${reason}. Nothing was changed. ` +
      'Give Prosa a database of its own, or mend this one first.',
  );

async function takeOver(upgrade: Upgrade): Promise<void> {
  const { runner, rules, say } = upgrade;
  const tables = await describeTables(runner);
  const unknownTime = await oldestTime(runner, tables);
  const people = await planPeople(runner, rules);
  await takeOverPeople(upgrade, tables, people, unknownTime);
  if (tables.has(asideName('conversation'))) {
    await new ConversationTaker(upgrade, tables, unknownTime).takeOver();
  }
  const kept = await keepTheRest(runner, tables, people);
  const lines = [...peopleLines(people), ...(await resultLines(runner, kept))];
  // Told before the old tables go: after that nobody could tell it again.
  lines.forEach(say);
  await removeAside(runner);
  say('The upgrade is complete. No password can be read in the database any more.');
}

/** Stands for times that are missing; now, when there is none at all. */
async function oldestTime(runner: QueryRunner, tables: Tables): Promise<Date> {
  const times: (Date | null)[] = [];
  for (const name of WORKSHOP_TABLES.map(asideName)) {
    const type = tables.get(name)?.columns.get('created_at');
    if (type !== undefined) {
      const [row] = await rowsOf<{ oldest: string | null }>(
        runner,
        `SELECT MIN(${timeSql('created_at', type)}) AS oldest FROM ${name}`,
      );
      times.push(timeOf(row?.oldest ?? null));
    }
  }
  const known = times.filter((time) => time !== null).map((time) => time.getTime());
  return known.length > 0 ? new Date(Math.min(...known)) : new Date();
}
