import { Injectable } from '@nestjs/common';
import type { PostStatus, Reservation } from '#db';
import { DomainError } from '../platform/domain-error.js';
import { counterOf } from './counter.rules.js';
import { CountersRepository } from './counters.repository.js';
import { countsAsRequest, WHOLE_RUN } from './first-count.repository.js';
import { LimitBook } from './limit-book.js';
import { refusalOf } from './limit-refusal.js';
import type { LimitedPerson, LimitInEffect } from './limit.rules.js';
import {
  NoRoom,
  ReservationsRepository,
  type Transaction,
  type Wish,
} from './reservations.repository.js';

/** The most that a model call may take. */
export interface Need {
  readonly tokens: number;
  /** Integer nano-dollars; null: nobody knows the price. */
  readonly nanoUsd: number | null;
}

const DAY_MS = 86_400_000;
const ENDED_AT_ONCE = 50;

/** Sets aside what runs may use before they use it, and gives back what they did not. */
@Injectable()
export class Reservations {
  constructor(
    private readonly book: LimitBook,
    private readonly counters: CountersRepository,
    private readonly repository: ReservationsRepository,
  ) {}

  /** Whether a limit of the table holds in place of what the environment says. */
  limitsOwn(person: LimitedPerson, measure: 'openRuns' | 'requests'): boolean {
    const period = measure === 'openRuns' ? 'now' : 'minute';
    return this.book
      .of(person)
      .some(
        (limit) => limit.scope === 'own' && limit.measure === measure && limit.period === period,
      );
  }

  /** Whether a person's calls must have a price that is known. */
  hasBudget(person: LimitedPerson): boolean {
    return this.book.of(person).some(({ measure }) => measure === 'usd');
  }

  /**
   * Looks, before a prompt is accepted, whether there is room for the least that it will need: so
   * that what is refused costs one read. Where nothing is limited nothing is asked.
   * @throws {DomainError} LIMIT.TOKENS, LIMIT.BUDGET, LIMIT.UNPRICED.
   */
  async requireRoom(person: LimitedPerson, least: () => Promise<Need>): Promise<void> {
    const limits = this.book.of(person).filter(isOfCalls);
    if (limits.length === 0) return;
    const now = new Date();
    const wishes = this.wishesFor(limits, await least(), now);
    const counters = await this.counters.read(wishes.map(({ key }) => key));
    for (const wish of wishes) {
      const counter = counters.get(wish.key.id);
      const taken = (counter?.used ?? 0) + (counter?.reserved ?? 0);
      if (wish.amount > 0 && taken + wish.amount > wish.limit.amount) {
        throw refusalOf(new NoRoom(wish, counter ?? { used: 0, reserved: 0 }), now);
      }
    }
  }

  /**
   * What the acceptance of a run takes: its place among requests and open runs, and the least that
   * its first call will set aside.
   * @param purpose of that call; what it sets aside itself takes the place of this.
   * @returns to be called as the last thing in the transaction that stores the run. It throws
   * LIMIT.REQUESTS, LIMIT.TOKENS, LIMIT.BUDGET, REQUEST.RATE_LIMITED or RUN.TOO_MANY, and then
   * nothing of it may stay. Undefined where nothing is limited.
   * @throws {DomainError} LIMIT.UNPRICED.
   */
  async forRun(
    person: LimitedPerson,
    purpose: string,
    least: () => Promise<Need>,
  ): Promise<TakeForRun | undefined> {
    const limits = this.book.of(person);
    if (limits.length === 0) return undefined;
    const now = new Date();
    const ofCalls = limits.filter(isOfCalls);
    const calls = ofCalls.length === 0 ? [] : this.wishesFor(ofCalls, await least(), now);
    const others = limits
      .filter((limit) => !isOfCalls(limit))
      .map((limit) => this.wish(limit, 1, now));
    const all = [...calls, ...others];
    await this.counters.begin(all.map(({ key }) => key));
    return (transaction, runId) =>
      this.told(all, async () => {
        // In the order in which a run's end comes to them, so that none waits for the other.
        await this.repository.take(transaction, runId, purpose, calls);
        await this.repository.take(transaction, runId, WHOLE_RUN, others);
      });
  }

  /**
   * Sets aside the most that a model call may take, in place of what the run had set aside for the
   * same purpose. To be called before the call is sent; the run's end gives it back.
   * @throws {DomainError} LIMIT.TOKENS, LIMIT.BUDGET, LIMIT.UNPRICED: the call must not be sent.
   */
  async reserve(
    person: LimitedPerson,
    runId: string,
    purpose: string,
    need: () => Promise<Need>,
  ): Promise<void> {
    const limits = this.book.of(person).filter(isOfCalls);
    if (limits.length === 0) return;
    const wishes = this.wishesFor(limits, await need(), new Date());
    await this.counters.begin(wishes.map(({ key }) => key));
    await this.told(wishes, () => this.repository.takeNow(runId, purpose, wishes));
  }

  /**
   * Closes what a run has set aside, in the transaction that ends it: what its calls took was
   * counted when the ledger closed them.
   * @param status how it ended; undefined: somebody else has ended it, or it was deleted.
   */
  async end(transaction: Transaction, runId: string, status?: PostStatus): Promise<void> {
    // A run that was deleted says no more when it began: what it had set aside does.
    const isGone = status === undefined;
    await this.repository.giveBack(transaction, runId, (reservation) =>
      isGone && isRequest(reservation) ? reservation.amount : 0,
    );
    if (!isGone && countsAsRequest(status)) await this.repository.addRequest(transaction, runId);
  }

  /** Counts a call that the ledger closed just now, in that transaction. */
  countCall(transaction: Transaction, usageId: number): Promise<void> {
    return this.repository.addCall(transaction, usageId);
  }

  /** A transaction in which calls are closed or runs end: no counter is begun beside it. */
  whileCounting(work: (transaction: Transaction) => Promise<void>): Promise<void> {
    return this.repository.whileCounting(work);
  }

  /** Gives back what runs have left that nobody ends any more: they were deleted meanwhile. */
  async sweep(): Promise<void> {
    for (const runId of await this.repository.findEnded(ENDED_AT_ONCE)) {
      await this.whileCounting((transaction) => this.end(transaction, runId));
    }
  }

  /** Forgets what was counted in windows that are over, and that no open run began in. */
  removeOld(): Promise<void> {
    return this.repository.removeOld(new Date(Date.now() - 2 * DAY_MS));
  }

  private wishesFor(limits: readonly LimitInEffect[], need: Need, now: Date): Wish[] {
    return limits.map((limit) => {
      const amount = limit.measure === 'usd' ? need.nanoUsd : need.tokens;
      if (amount === null) throw new DomainError('LIMIT.UNPRICED');
      return this.wish(limit, amount, now);
    });
  }

  private wish(limit: LimitInEffect, amount: number, now: Date): Wish {
    const { subject, measure, period } = limit;
    const key = counterOf(subject, measure, period, this.book.windowOf(period, now));
    return { limit, amount, key };
  }

  private async told(wishes: readonly Wish[], work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      if (!error.counter) this.counters.forget(wishes.map(({ key }) => key));
      throw refusalOf(error, new Date());
    }
  }
}

/** @throws {DomainError} and then the transaction must be undone. */
export type TakeForRun = (transaction: Transaction, runId: string) => Promise<void>;

/** Closes what a run had set aside, see {@link Reservations.end}. */
export type GiveBack = (
  transaction: Transaction,
  runId: string,
  status: PostStatus,
) => Promise<void>;

const isOfCalls = ({ measure }: LimitInEffect) => measure === 'tokens' || measure === 'usd';

/** `person:7 requests day 1763694000`: the id says what is counted. */
const isRequest = ({ counterId }: Reservation) => counterId.split(' ')[1] === 'requests';
