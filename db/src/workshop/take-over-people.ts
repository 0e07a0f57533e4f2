import type { QueryRunner } from 'typeorm';
import { User } from '../entities/user.entity.js';
import { Progress } from './progress.js';
import { rowsOf, numberOf, timeOf, timeSql } from './rows.js';
import type { OldPerson, Upgrade, WorkshopRules } from './workshop-rules.js';
import { asideName, type Tables } from './workshop-tables.rules.js';

/** People hashed between two commits: a second or two, which is what an interruption costs. */
const BATCH = 64;

/** Longest display name, in UTF-16 units. */
const LONGEST_NAME = 120;

/** What becomes of the people. Depends on the old table alone: a second start plans the same. */
export interface PeoplePlan {
  readonly usernames: ReadonlyMap<number, string>;
  /** People who sign in with another name from now on. */
  readonly renamed: readonly { id: number; old: string | null; assigned: string }[];
  /** People who cannot sign in until an administrator gives them a password. */
  readonly lockedOut: readonly { id: number; assigned: string; why: string }[];
}

interface OldRow extends OldPerson {
  readonly password: string | null;
  readonly createdAt: string | null;
}

/** Reads the old people and decides what each becomes. */
export async function planPeople(runner: QueryRunner, rules: WorkshopRules): Promise<PeoplePlan> {
  const rows = await rowsOf<OldPerson & { password: string | null }>(
    runner,
    `SELECT id, username, password FROM ${asideName('users')} ORDER BY id`,
  );
  const usernames = rules.assignUsernames(rows);
  const people = rows.map((row) => ({ ...row, assigned: usernames.get(row.id) ?? '' }));
  return {
    usernames,
    renamed: people
      .filter(({ username, assigned }) => !rules.isSameName(username, assigned))
      .map(({ id, username, assigned }) => ({ id, old: username, assigned })),
    lockedOut: people.flatMap(({ id, assigned, password }) => {
      const why = rules.passwordProblem(password);
      return why === undefined ? [] : [{ id, assigned, why }];
    }),
  };
}

/**
 * Makes Prosa's people of the old ones, their passwords hashed, a batch a commit. Begins after the
 * last who is there.
 */
export async function takeOverPeople(
  { runner, rules, say, requireHeld }: Upgrade,
  tables: Tables,
  { usernames }: PeoplePlan,
  unknownTime: Date,
): Promise<void> {
  const time = timeSql('created_at', tables.get(asideName('users'))?.columns.get('created_at'));
  let last = await numberOf(runner, 'SELECT MAX(id) AS n FROM users');
  const left = await numberOf(
    runner,
    `SELECT COUNT(*) AS n FROM ${asideName('users')} WHERE id > ?`,
    [last],
  );
  const progress = new Progress('passwords hashed', left, say);
  for (;;) {
    const batch = await rowsOf<OldRow>(
      runner,
      `SELECT id, username, password, ${time} AS createdAt FROM ${asideName('users')}
       WHERE id > ? ORDER BY id LIMIT ${String(BATCH)}`,
      [last],
    );
    if (batch.length === 0) {
      break;
    }
    const hashes = await Promise.all(batch.map(({ password }) => rules.hashPassword(password)));
    await requireHeld();
    const people = batch.map((row, at) => ({
      ...newPerson(row, usernames.get(row.id) ?? ''),
      password: hashes[at] ?? '',
      createdAt: timeOf(row.createdAt) ?? unknownTime,
    }));
    await runner.manager
      .createQueryBuilder()
      .insert()
      .into(User)
      .values(people)
      .updateEntity(false)
      .execute();
    last = batch.at(-1)?.id ?? last;
    progress.add(batch.length);
  }
  progress.end();
}

/** Everybody begins as a member: who administers is for the setup to decide. */
function newPerson({ id, username: old }: OldRow, username: string) {
  const shown = (old ?? '').replace(/\p{Cc}/gu, ' ').trim();
  return {
    id,
    username,
    displayName:
      shown === '' || shown === username ? null : shown.slice(0, LONGEST_NAME).toWellFormed(),
    role: 'member' as const,
    locale: null,
    mustChangePassword: false,
    suspendedAt: null,
  };
}
