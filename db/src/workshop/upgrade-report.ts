import type { QueryRunner } from 'typeorm';
import type { KeptRows } from './keep-the-rest.js';
import { numberOf } from './rows.js';
import type { PeoplePlan } from './take-over-people.js';
import { keptName } from './workshop-tables.rules.js';

/** The people whose sign-in changes, for whoever has to tell them. */
export function peopleLines({ renamed, lockedOut }: PeoplePlan): string[] {
  return [
    ...(renamed.length > 0
      ? [`People who sign in with another name from now on (${String(renamed.length)}):`]
      : []),
    // In quotes and escaped: a name may hold anything, also what a terminal obeys.
    ...renamed.map(
      ({ id, old, assigned }) => `  ${JSON.stringify(old)} -> ${assigned} (id ${String(id)})`,
    ),
    ...(lockedOut.length > 0
      ? [`People who need a new password from an administrator (${String(lockedOut.length)}):`]
      : []),
    ...lockedOut.map(({ id, assigned, why }) => `  ${assigned} (id ${String(id)}): ${why}`),
  ];
}

/** What Prosa has now, and what it had no place for. */
export async function resultLines(
  runner: QueryRunner,
  kept: readonly KeptRows[],
): Promise<string[]> {
  const count = (sql: string) => numberOf(runner, `SELECT COUNT(*) AS n FROM ${sql}`);
  const people = await count('users');
  const conversations = await count('conversation');
  const posts = await count('posts');
  const unanswered = await count("posts WHERE status = 'interrupted'");
  const deleted = await count("conversation WHERE status = 'deleted'");
  return [
    `Taken over: ${String(people)} people, ${String(conversations)} conversations, ${String(posts)} posts.`,
    ...(unanswered > 0
      ? [`  ${String(unanswered)} posts had no answer and are shown as interrupted.`]
      : []),
    ...(deleted > 0
      ? [`  ${String(deleted)} deleted conversations are in the trash, from now on for TRASH_DAYS.`]
      : []),
    ...kept.filter(({ rows }) => rows > 0).map(keptLine),
  ];
}

function keptLine({ table, rows, columns }: KeptRows): string {
  const also = columns.length > 0 ? `, with the columns ${columns.join(', ')}` : '';
  return `  ${String(rows)} rows of ${table} are kept in ${keptName(table)}, each with the reason${also}.`;
}
