import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { inTransaction, LimitCounter, Reservation, Run, shareCounting, Summary, Usage } from '#db';
import { DataSource, type EntityManager, LessThanOrEqual } from 'typeorm';
import type { CounterKey } from './counter.rules.js';
import type { LimitInEffect } from './limit.rules.js';
import { latestFor, microsOf, shareOfMinute } from './minute.rules.js';

/** A transaction, to those who only hand it on. */
export type Transaction = EntityManager;

/** What is to be set aside of a counter, and how much that limit allows. */
export interface Wish {
  readonly limit: LimitInEffect;
  readonly key: CounterKey;
  readonly amount: number;
}

/** A wish that its limit leaves no room for; the transaction it was wished in must be undone. */
export class NoRoom extends Error {
  constructor(
    readonly wish: Wish,
    /** As it stands; undefined when it is gone. */
    readonly counter: Pick<LimitCounter, 'used' | 'reserved'> | undefined,
  ) {
    super(`no room: ${wish.key.id}`);
  }
}

/** What a run's end makes of a counter. */
interface Change {
  used: number;
  reserved: number;
}

/**
 * Sets aside and gives back. One conditional UPDATE a counter decides, in the order of their ids, so
 * that neither two processes nor two transactions can take the same room, or wait for each other.
 */
@Injectable()
export class ReservationsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @throws {NoRoom} then nothing was set aside. */
  takeNow(runId: string, purpose: string, wishes: readonly Wish[]): Promise<void> {
    return inTransaction(this.dataSource, (manager) => this.take(manager, runId, purpose, wishes));
  }

  /**
   * Sets aside for a purpose of a run, in place of what was set aside for it before. All of it, or
   * the transaction must be undone.
   * @throws {NoRoom}
   */
  async take(
    manager: EntityManager,
    runId: string,
    purpose: string,
    wishes: readonly Wish[],
  ): Promise<void> {
    const earlier = new Map(
      (await manager.findBy(Reservation, { runId, purpose })).map((row) => [
        row.counterId,
        row.amount,
      ]),
    );
    const lasting = wishes.filter(({ key }) => key.period !== 'minute');
    for (const { key, amount } of lasting) {
      const row = { runId, purpose, counterId: key.id };
      if (earlier.has(key.id)) await manager.update(Reservation, row, { amount });
      else if (amount > 0) await manager.insert(Reservation, { ...row, amount });
    }
    // Last, so that others wait for their counters as shortly as can be.
    for (const wish of [...wishes].sort(byCounter)) {
      const { key, amount } = wish;
      if (key.period === 'minute') await takeOfMinute(manager, wish);
      else await this.move(manager, wish, amount - (earlier.get(key.id) ?? 0));
    }
  }

  /**
   * Gives back all that a run has set aside, in the transaction that ends it.
   * @param usedOf how much of a reservation was used and is counted nowhere else.
   */
  async giveBack(
    manager: EntityManager,
    runId: string,
    usedOf: (reservation: Reservation) => number,
  ): Promise<void> {
    const changes = new Map<string, Change>();
    for (const reservation of await manager.findBy(Reservation, { runId })) {
      const { purpose, counterId, amount } = reservation;
      const { affected } = await manager.delete(Reservation, { runId, purpose, counterId });
      if (affected === 0) continue; // Given back by another process.
      const change = changes.get(counterId) ?? { used: 0, reserved: 0 };
      change.used += usedOf(reservation);
      change.reserved -= amount;
      changes.set(counterId, change);
    }
    await applyChanges(manager, changes);
  }

  /** Adds a call that was closed just now, in that transaction, to every counter that it is of. */
  async addCall(manager: EntityManager, usageId: number): Promise<void> {
    const rows = await manager
      .createQueryBuilder(LimitCounter, 'c')
      .innerJoin(Usage, 'u', 'u.id = :usageId', { usageId })
      .select('c.id', 'id')
      .addSelect('c.measure', 'measure')
      .addSelect('COALESCE(u.prompt_tokens, 0) + COALESCE(u.completion_tokens, 0)', 'tokens')
      .addSelect('COALESCE(u.cost_nano_usd, 0)', 'usd')
      .where("c.subject IN ('team', CONCAT('person:', u.user_id))")
      .andWhere("c.measure IN ('tokens', 'usd')")
      .andWhere('c.starts_at <= u.opened_at AND c.ends_at > u.opened_at')
      .getRawMany<Record<'id' | 'measure' | 'tokens' | 'usd', string | number>>();
    const changes = rows.map(({ id, measure, tokens, usd }) => {
      const used = Number(measure === 'tokens' ? tokens : usd);
      return [String(id), { used, reserved: 0 }] as const;
    });
    await applyChanges(manager, new Map(changes));
  }

  /**
   * Adds a run that ends now, in that transaction, to every counter of requests that it is of: also
   * to those of limits that are lifted now, and that may be set again.
   */
  async addRequest(manager: EntityManager, runId: string): Promise<void> {
    const rows = await manager
      .createQueryBuilder(LimitCounter, 'c')
      .innerJoin(Run, 'run', 'run.id = :runId', { runId })
      .select('c.id', 'id')
      .where("c.subject IN ('team', CONCAT('person:', run.user_id))")
      .andWhere("c.measure = 'requests' AND c.period <> 'minute'")
      .andWhere('c.starts_at <= run.started_at AND c.ends_at > run.started_at')
      .getRawMany<{ id: string }>();
    await applyChanges(manager, new Map(rows.map(({ id }) => [id, { used: 1, reserved: 0 }])));
  }

  /** Some runs that have something set aside though they have ended, or were deleted; no summaries under way. */
  async findEnded(limit: number): Promise<string[]> {
    const rows = await this.dataSource
      .getRepository(Reservation)
      .createQueryBuilder('r')
      .leftJoin(Run, 'run', "run.id = r.runId AND run.status = 'answering'")
      .select('r.run_id', 'runId')
      .distinct(true)
      .leftJoin(Summary, 's', 's.runId = r.runId AND s.owner IS NOT NULL')
      .where('run.id IS NULL AND s.id IS NULL')
      .limit(limit)
      .getRawMany<{ runId: string }>();
    return rows.map(({ runId }) => runId);
  }

  /** In a transaction beside which no counter is begun. */
  whileCounting(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      await shareCounting(manager);
      await work(manager);
    });
  }

  /** Deletes counters of windows that ended before the time. */
  async removeOld(endedBefore: Date): Promise<void> {
    await this.dataSource
      .getRepository(LimitCounter)
      .delete({ endsAt: LessThanOrEqual(endedBefore) });
  }

  /**
   * Moves what is set aside of a counter. What needs some of it must find room also where it needs no
   * more than before: an attempt that failed may have used up what was left.
   */
  private async move(manager: EntityManager, wish: Wish, delta: number): Promise<void> {
    const { key, limit, amount } = wish;
    if (delta === 0) {
      const counter = amount > 0 ? await standingOf(manager, key) : undefined;
      if (counter && counter.used + counter.reserved > limit.amount)
        throw new NoRoom(wish, counter);
      return;
    }
    const update = manager
      .createQueryBuilder()
      .update(LimitCounter)
      .set({ reserved: () => `reserved + (${String(delta)})` })
      .where('id = :id', { id: key.id });
    if (amount > 0) update.andWhere('used + reserved <= :room', { room: limit.amount - delta });
    const { affected } = await update.execute();
    if (affected === 0) throw new NoRoom(wish, await standingOf(manager, key));
  }
}

const byCounter = (one: Wish, other: Wish) => (one.key.id < other.key.id ? -1 : 1);

async function takeOfMinute(manager: EntityManager, wish: Wish): Promise<void> {
  const { key, limit } = wish;
  const now = new Date();
  if (limit.amount === 0) throw new NoRoom(wish, { used: 0, reserved: 0 });
  const latest = latestFor(limit.amount, now);
  const from = `CASE WHEN used > ${String(microsOf(now))} THEN used ELSE ${String(microsOf(now))} END`;
  const { affected } = await manager
    .createQueryBuilder()
    .update(LimitCounter)
    .set({ used: () => `${from} + ${String(shareOfMinute(limit.amount))}` })
    .where('id = :id AND used <= :latest', { id: key.id, latest })
    .execute();
  if (affected === 0) throw new NoRoom(wish, await standingOf(manager, key));
}

async function standingOf(manager: EntityManager, { id }: CounterKey) {
  return (await manager.findOneBy(LimitCounter, { id })) ?? undefined;
}

async function applyChanges(
  manager: EntityManager,
  changes: ReadonlyMap<string, Change>,
): Promise<void> {
  for (const [id, { used, reserved }] of [...changes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (used === 0 && reserved === 0) continue;
    await manager
      .createQueryBuilder()
      .update(LimitCounter)
      .set({
        used: () => `used + (${String(used)})`,
        reserved: () => `reserved + (${String(reserved)})`,
      })
      .where('id = :id', { id })
      .execute();
  }
}
