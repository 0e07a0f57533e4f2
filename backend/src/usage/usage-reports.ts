import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import type { Caller } from '../platform/caller.js';
import { clockPieces, dateOf, dayAt, dayNumber, startOfDay } from '../platform/civil-days.rules.js';
import { DomainError } from '../platform/domain-error.js';
import { csvHead, csvLines } from './usage-csv.rules.js';
import { type Dimension, DIMENSIONS, type UsageFilter, type UsageRow } from './usage-question.js';
import { RowsByKey, sorted, totalOf } from './usage-rows.rules.js';
import { UsageSumsRepository } from './usage-sums.repository.js';
import { toRowView, toTotal } from './usage.response.js';
import { dimensionsOf, type OwnUsage, type UsageQuery, type UsageReport } from './usage.schema.js';

/** A year with its leap day. */
const MOST_DAYS = 366;

/** More than a screen can show, and 10 MB of JSON. */
const MOST_ROWS = 50_000;

/** Days a statement: on SQLite everybody else waits for one, and gets a turn before the next. */
const DAYS_AT_ONCE = 7;

/** Days that are asked for, both included. */
interface Days {
  readonly first: number;
  readonly last: number;
}

/** What the ledger comes to over days of `TIME_ZONE`. */
@Injectable()
export class UsageReports {
  private readonly zone: string;

  constructor(
    @Inject(ENV) env: Env,
    private readonly usage: UsageSumsRepository,
  ) {
    this.zone = env.TIME_ZONE;
  }

  /** The caller's own usage in a month, `2026-11`; absent: the one that it is now. */
  async ownMonth(caller: Caller, wished: string | undefined, now = new Date()): Promise<OwnUsage> {
    const month = wished ?? dateOf(dayAt(this.zone, now)).slice(0, 7);
    const rows = await this.rows(
      daysOfMonth(month),
      new Set<Dimension>(['day', 'model', 'provider']),
      { userId: caller.id },
    );
    return { month, ...this.told(rows) };
  }

  /** @throws {DomainError} USAGE.DAYS_REVERSED, USAGE.TOO_MANY_DAYS or USAGE.TOO_MANY_ROWS. */
  async report(query: UsageQuery): Promise<UsageReport> {
    const rows = await this.rows(daysOf(query), byOf(query), filterOf(query));
    return { from: query.from, to: query.to, ...this.told(rows) };
  }

  /**
   * The same as a file, a few days at a time where it is told by day.
   * @throws {DomainError} USAGE.DAYS_REVERSED or USAGE.TOO_MANY_DAYS, and what the database says
   * to the first question, before anything is sent.
   */
  async csv(query: UsageQuery): Promise<AsyncIterable<string>> {
    const [days, by, filter] = [daysOf(query), byOf(query), filterOf(query)];
    const parts = by.has('day') ? this.parts(days, by, filter) : this.whole(days, by, filter);
    const first = await parts.next();
    return (async function* () {
      yield csvHead(by);
      if (first.done !== true) yield csvLines(by, sorted(first.value));
      for await (const rows of parts) yield csvLines(by, sorted(rows));
    })();
  }

  private told(rows: readonly UsageRow[]): Pick<UsageReport, 'timeZone' | 'rows' | 'total'> {
    return { timeZone: this.zone, rows: rows.map(toRowView), total: toTotal(totalOf(rows)) };
  }

  private async rows(
    days: Days,
    by: ReadonlySet<Dimension>,
    filter: UsageFilter,
    most = MOST_ROWS,
  ): Promise<UsageRow[]> {
    const all = new RowsByKey();
    for await (const part of this.parts(days, by, filter)) {
      part.forEach((row) => {
        all.add(row);
      });
      if (all.size > most) throw new DomainError('USAGE.TOO_MANY_ROWS', { maximum: most });
    }
    return sorted(all.rows);
  }

  private async *whole(days: Days, by: ReadonlySet<Dimension>, filter: UsageFilter) {
    yield await this.rows(days, by, filter, Infinity);
  }

  /** The rows of a few days after another. */
  private async *parts(
    { first, last }: Days,
    by: ReadonlySet<Dimension>,
    filter: UsageFilter,
  ): AsyncGenerator<UsageRow[], undefined> {
    for (let day = first; day <= last; day += DAYS_AT_ONCE) {
      const end = Math.min(day + DAYS_AT_ONCE, last + 1);
      const starts = Array.from({ length: end - day + 1 }, (_, n) =>
        startOfDay(this.zone, day + n),
      );
      const [from, until] = [starts[0], starts.at(-1)];
      if (!from || !until) return;
      const clock = clockPieces(this.zone, from, until);
      yield await this.usage.sum({ by, filter, from, until, midnights: starts, clock });
    }
  }
}

const byOf = ({ by }: UsageQuery): ReadonlySet<Dimension> => {
  const wanted = new Set(dimensionsOf(by));
  return new Set(DIMENSIONS.filter((dimension) => wanted.has(dimension)));
};

const filterOf = ({ userId, model, provider, purpose, door }: UsageQuery): UsageFilter => ({
  ...{ userId, model, provider, purpose, door },
});

function daysOf({ from, to }: UsageQuery): Days {
  const [first = 0, last = 0] = [dayNumber(from), dayNumber(to)];
  if (first > last) throw new DomainError('USAGE.DAYS_REVERSED', { from, to });
  const days = last - first + 1;
  if (days > MOST_DAYS) {
    throw new DomainError('USAGE.TOO_MANY_DAYS', { from, to, days, maximum: MOST_DAYS });
  }
  return { first, last };
}

function daysOfMonth(month: string): Days {
  const [year, number] = month.split('-').map(Number);
  const first = dayNumber(`${month}-01`) ?? 0;
  return { first, last: Date.UTC(year ?? 0, number, 0) / 86_400_000 };
}
