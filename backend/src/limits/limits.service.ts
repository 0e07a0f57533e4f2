import { Injectable } from '@nestjs/common';
import type { LimitCounter } from '#db';
import type { Caller } from '../platform/caller.js';
import { DomainError } from '../platform/domain-error.js';
import { type CounterKey, counterOf } from './counter.rules.js';
import { CountersRepository } from './counters.repository.js';
import { LimitBook } from './limit-book.js';
import { amountInside, toLimit, toOwnLimit } from './limit.response.js';
import {
  type LimitInEffect,
  type LimitRule,
  type LimitSubject,
  personSubject,
} from './limit.rules.js';
import { LimitsRepository } from './limits.repository.js';
import type { LimitList, LimitView, NewLimitBody, OwnLimits } from './limits.schema.js';
import { usedOfMinute } from './minute.rules.js';

/** Limits as administrators set them and as people meet them. */
@Injectable()
export class LimitsService {
  constructor(
    private readonly limits: LimitsRepository,
    private readonly book: LimitBook,
    private readonly counters: CountersRepository,
  ) {}

  async list(): Promise<LimitList> {
    const named = await this.limits.findNamed();
    return {
      timeZone: this.book.timeZone,
      limits: named.map(({ limit, username }) => toLimit(limit, username)),
    };
  }

  /**
   * Makes a limit, or changes the amount of the one for the same people, measure and period. It
   * holds at once here, and within two seconds at every other process.
   * @throws {DomainError} USER.NOT_FOUND for a person who does not exist.
   */
  async put({ measure, period, amount, userId, ...whom }: NewLimitBody): Promise<LimitView> {
    const rule: LimitRule = {
      subject: subjectOf({ ...whom, userId }),
      measure,
      period: period ?? 'now',
      amount: amountInside(measure, amount),
    };
    const put = await this.limits.put(rule, userId ?? null);
    if (!put) throw new DomainError('USER.NOT_FOUND', { fields: ['userId'] });
    await this.book.read();
    const named = await this.limits.findNamed();
    return toLimit(put, named.find(({ limit }) => limit.id === put.id)?.username);
  }

  /** @throws {DomainError} LIMIT.NOT_FOUND. */
  async remove(id: number): Promise<void> {
    if (!(await this.limits.remove(id))) throw new DomainError('LIMIT.NOT_FOUND');
    await this.book.read();
  }

  /** What is left to a caller: one read of the counters, by their ids. */
  async mine(caller: Caller, now = new Date()): Promise<OwnLimits> {
    const { timeZone } = this.book;
    const held = this.book.of(caller).map((limit) => {
      const { subject, measure, period } = limit;
      const key = counterOf(subject, measure, period, this.book.windowOf(period, now));
      return { limit, key };
    });
    const counters = await this.counters.read(held.map(({ key }) => key));
    return {
      timeZone,
      limits: held.map(({ limit, key }) =>
        toOwnLimit(limit, standing(limit, counters.get(key.id), now), resetOf(key)),
      ),
    };
  }
}

function subjectOf({
  scope,
  role,
  userId,
}: Pick<NewLimitBody, 'scope' | 'role' | 'userId'>): LimitSubject {
  switch (scope) {
    case 'role':
      return role === 'administrator' ? 'role:admin' : 'role:member';
    case 'person':
      return personSubject(userId ?? 0);
    default:
      return scope;
  }
}

const resetOf = ({ period, endsAt }: CounterKey) =>
  period === 'day' || period === 'month' ? endsAt : null;

function standing(
  { period, amount }: LimitInEffect,
  counter: LimitCounter | undefined,
  now: Date,
): { readonly used: number; readonly reserved: number } {
  const { used = 0, reserved = 0 } = counter ?? {};
  switch (period) {
    case 'minute':
      return { used: usedOfMinute(used, amount, now), reserved: 0 };
    case 'now':
      return { used: reserved, reserved: 0 }; // Of answers in the making nothing is past.
    default:
      return { used, reserved };
  }
}
