import { type PostStatus, Reservation, Run, Usage } from '#db';
import { And, type EntityManager, In, IsNull, LessThan, MoreThanOrEqual, Not } from 'typeorm';
import type { CounterKey } from './counter.rules.js';

/** A request whose answer failed before it began is given back. */
const COUNTED: readonly PostStatus[] = ['done', 'stopped', 'interrupted', 'blocked'];

/** Under which what a whole run takes is reserved; what its model calls take, under their purpose. */
export const WHOLE_RUN = 'run';

/** Whether a run that ended so counts as a request. */
export const countsAsRequest = (status: PostStatus) => COUNTED.includes(status);

/** What the ledger and the runs that have ended say was used in a counter's window. */
export async function countEnded(manager: EntityManager, key: CounterKey): Promise<number> {
  switch (key.measure) {
    case 'tokens':
      return sumOfCalls(
        manager,
        key,
        'COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0)',
      );
    case 'usd':
      return sumOfCalls(manager, key, 'cost_nano_usd');
    case 'requests':
      return key.period === 'minute'
        ? 0
        : manager.countBy(Run, { ...ofSubject(key), startedAt: within(key), status: In(COUNTED) });
    case 'openRuns':
      return 0;
  }
}

/**
 * Sets aside what runs that are open now take of a new counter.
 * @returns how much that is.
 */
export async function reserveForOpenRuns(manager: EntityManager, key: CounterKey): Promise<number> {
  if (key.period === 'minute' || key.measure === 'tokens' || key.measure === 'usd') return 0;
  const runs = await manager.find(Run, {
    where: { ...ofSubject(key), startedAt: within(key), status: 'answering' },
    select: { id: true },
  });
  const rows = runs.map(({ id }) => ({
    runId: id,
    purpose: WHOLE_RUN,
    counterId: key.id,
    amount: 1,
  }));
  if (rows.length > 0) await manager.insert(Reservation, rows);
  return rows.length;
}

async function sumOfCalls(manager: EntityManager, key: CounterKey, sql: string): Promise<number> {
  const row = await manager
    .createQueryBuilder(Usage, 'call')
    .select(`SUM(${sql})`, 'sum')
    .where({ ...ofSubject(key), openedAt: within(key), closedAt: Not(IsNull()) })
    .getRawOne<{ sum: string | number | null }>();
  return Number(row?.sum ?? 0); // Drivers hand sums over as text.
}

const within = ({ startsAt, endsAt }: CounterKey) =>
  And(MoreThanOrEqual(startsAt), LessThan(endsAt));

function ofSubject({ subject }: CounterKey): { userId?: number } {
  return subject === 'team' ? {} : { userId: Number(subject.slice('person:'.length)) };
}
