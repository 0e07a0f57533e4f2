import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { openDatabase, Usage } from '#db';
import {
  createTestDatabase,
  TEST_ENGINES,
  type TestDatabase,
} from '../../../db/test/test-databases.js';
import { loadEnv } from '../../src/config/load-env.js';
import { UsageHoursRepository } from '../../src/usage/usage-hours.repository.js';
import { UsageReports } from '../../src/usage/usage-reports.js';
import { UsageRollUp } from '../../src/usage/usage-roll-up.js';
import { UsageSumsRepository } from '../../src/usage/usage-sums.repository.js';
import type { UsageReport } from '../../src/usage/usage.schema.js';
import { randomNumbers } from '../fakes/random-numbers.js';
import { aCall, enter, type LedgerRow } from './ledger-rows.js';
import { type Asked, summedUp } from './plain-sums.js';

/** Whole hours, halves and quarters; clocks that change by an hour and by half of one. */
const ZONES = [
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe', // Changes on 4 October 2026.
  'Europe/Berlin', // On 25 October.
  'America/St_Johns', // On 1 November.
];
const [FIRST, LAST] = [Date.parse('2026-09-28T00:00:00Z'), Date.parse('2026-11-04T00:00:00Z')];
const QUARTER_MS = 900_000;
const CALLS = 2000;
const LATE_CALLS = 300;
const QUESTIONS_A_ZONE = 4;

/** Draws from a list, a whole number below another, and whether something so likely happens. */
class Dice {
  constructor(private readonly random: () => number) {}

  below(end: number): number {
    return Math.floor(this.random() * end);
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  chance(likelihood: number): boolean {
    return this.random() < likelihood;
  }
}

/** Anything that the ledger may hold; every third call a moment from where an hour or day may end. */
function anyCall(dice: Dice): LedgerRow {
  const anyTime = FIRST + dice.below(LAST - FIRST);
  const border = Math.round(anyTime / QUARTER_MS) * QUARTER_MS;
  const openedAt = new Date(dice.chance(0.33) ? border + dice.of([-1000, -1, 0, 1]) : anyTime);
  const user = 1 + dice.below(5);
  const provider = dice.of(['openai', 'bedrock', 'llama']);
  return aCall({
    openedAt,
    closedAt: dice.chance(0.05) ? null : new Date(openedAt.getTime() + dice.below(900_000)),
    userId: user,
    username: `pessoa ${String(user)} 🌊`,
    provider,
    model: `${provider}/${dice.of(['pequeno', 'grande'])}`,
    purpose: dice.of(['answer', 'title']),
    door: dice.of(['web', 'simple']),
    promptTokens: dice.chance(0.1) ? null : dice.below(200_000),
    cachedTokens: dice.chance(0.5) ? null : dice.below(2000),
    completionTokens: dice.chance(0.1) ? null : dice.below(5000),
    estimated: dice.chance(0.2),
    costNanoUsd: dice.chance(0.2) ? null : dice.below(5_000_000_000),
  });
}

function anyQuestion(dice: Dice, zone: string): Asked {
  const dateAt = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const from = FIRST + dice.below(LAST - FIRST);
  const names = ['day', 'person', 'model', 'provider', 'purpose', 'door'];
  const first = dice.chance(0.5) ? 'day' : dice.of(names);
  const second = dice.of(names.filter((name) => name !== first));
  return {
    zone,
    from: dateAt(from),
    to: dateAt(from + dice.below(LAST - from)),
    by: dice.chance(0.6) ? `${first},${second}` : first,
    ...(dice.chance(0.2) ? { userId: 1 + dice.below(6) } : {}),
    ...(dice.chance(0.2) ? { provider: dice.of(['openai', 'quotes']) } : {}),
    ...(dice.chance(0.1) ? { model: 'llama/grande', door: 'web', purpose: 'title' } : {}),
  };
}

describe.each(TEST_ENGINES)('the sums of hours on %s', (engine) => {
  const dice = new Dice(randomNumbers(20_261_121));
  const questions = ZONES.flatMap((zone) => [
    { zone, from: '2026-09-01', to: '2026-11-30', by: 'day,person' },
    ...Array.from({ length: QUESTIONS_A_ZONE }, () => anyQuestion(dice, zone)),
  ]);
  let database: TestDatabase;
  let dataSource: DataSource;
  let others: DataSource[];
  let calls: LedgerRow[];

  const answer = ({ zone, ...query }: Asked): Promise<UsageReport> => {
    const env = loadEnv({ TIME_ZONE: zone });
    return new UsageReports(env, new UsageSumsRepository(dataSource)).report(query);
  };

  /** What the server answers, and what adding the calls up one by one comes to. */
  const compareAll = async () => {
    for (const asked of questions) {
      const { rows, total } = await answer(asked);
      expect({ asked, ...summedUp(calls, asked) }).toEqual({ asked, rows, total });
    }
  };

  const foldedCalls = () => dataSource.getRepository(Usage).countBy({ folded: true });
  const after = new Date(LAST + 86_400_000);

  beforeAll(async () => {
    database = await createTestDatabase(engine);
    dataSource = await openDatabase(database.target);
    others = engine === 'sqlite' ? [] : [await openDatabase(database.target)];
    calls = Array.from({ length: CALLS }, () => anyCall(dice));
    await enter(dataSource, calls);
  });

  afterAll(async () => {
    await Promise.all([dataSource, ...others].map((each) => each.destroy()));
    await database.drop();
  });

  it('should be what the calls come to, before there are any', async () => {
    expect(
      summedUp(calls, { zone: 'UTC', from: '2026-09-01', to: '2026-11-30', by: 'day' }),
    ).toEqual(
      expect.objectContaining({
        total: expect.objectContaining({ calls: closed(calls) }) as unknown,
      }),
    );
    await compareAll();
  });

  it('should be what the calls come to when some of them are folded', async () => {
    const hours = new UsageHoursRepository(dataSource);
    expect(await hours.foldSome(new Date((FIRST + LAST) / 2), 700)).toBe(700);
    expect(await foldedCalls()).toBe(700);
    await compareAll();
  });

  it('should take each call once from several processes at once', async () => {
    const middle = new Date((FIRST + LAST) / 2);
    const processes = [dataSource, dataSource, ...others, ...others];
    await Promise.all(
      processes.map((each) => new UsageRollUp(new UsageHoursRepository(each)).fold(middle)),
    );
    await new UsageRollUp(new UsageHoursRepository(dataSource)).fold(middle);
    const hour = Math.floor(middle.getTime() / 3_600_000) * 3_600_000;
    expect(await foldedCalls()).toBe(
      calls.filter(({ openedAt, closedAt }) => closedAt && openedAt.getTime() < hour).length,
    );
    await compareAll();
  });

  it('should take in what ends late, in the hour in which it began', async () => {
    const late = Array.from({ length: LATE_CALLS }, () => anyCall(dice));
    await enter(dataSource, late);
    const closing = calls.filter(({ closedAt }) => closedAt === null);
    calls = [...calls.map((call) => ({ ...call, closedAt: call.closedAt ?? after })), ...late];
    await dataSource
      .createQueryBuilder()
      .update(Usage)
      .set({ closedAt: after })
      .where('closedAt IS NULL AND id <= :last', { last: CALLS })
      .execute();
    expect(closing.length).toBeGreaterThan(50);
    await compareAll();
    await new UsageRollUp(new UsageHoursRepository(dataSource)).fold(after);
    expect(await foldedCalls()).toBe(closed(calls));
    await compareAll();
  });

  it('should leave nothing to be added twice', async () => {
    await new UsageRollUp(new UsageHoursRepository(dataSource)).fold(after);
    await compareAll();
  });

  it('should always come to the same while calls are being folded', async () => {
    const unfold = dataSource.createQueryBuilder().update(Usage).set({ folded: false });
    await dataSource.query('DELETE FROM usage_hours');
    await unfold.where({ folded: true }).execute();
    const asked = { zone: 'Asia/Kolkata', from: '2026-09-01', to: '2026-11-30', by: 'day' };
    const { total } = summedUp(calls, asked);
    const hours = new UsageHoursRepository(dataSource);
    let folded = 0;
    for (let some; some !== 0; folded += some) {
      const [count, ...reports] = await Promise.all([
        hours.foldSome(after, 200),
        ...Array.from({ length: 3 }, () => answer(asked)),
      ]);
      some = count;
      for (const report of reports) expect(report.total).toEqual(total);
    }
    expect(folded).toBe(closed(calls));
  });
});

const closed = (calls: readonly LedgerRow[]) => calls.filter(({ closedAt }) => closedAt).length;
