import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { databaseTarget, openDatabase, Usage } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { loadEnv } from '../../src/config/load-env.js';
import { UsageHoursRepository } from '../../src/usage/usage-hours.repository.js';
import { UsageReports } from '../../src/usage/usage-reports.js';
import { UsageRollUp } from '../../src/usage/usage-roll-up.js';
import { UsageSumsRepository } from '../../src/usage/usage-sums.repository.js';
import { startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';
import { aCall, enter } from './ledger-rows.js';
import { summedUp } from './plain-sums.js';

/** Eighty transactions of the roll-up, of which a server that is killed soon does some. */
const CALLS = 8000;
const KILLS = 2;
const START = Date.parse('2026-03-01T00:00:00Z');
const MINUTE_MS = 60_000;
const ASKED = { zone: 'America/Sao_Paulo', from: '2026-02-01', to: '2026-03-31', by: 'day,person' };

describe.each(TEST_ENGINES)('a server that is killed while it sums usage up, on %s', (engine) => {
  let place: Place;
  const calls = Array.from({ length: CALLS }, (_, n) =>
    aCall({
      openedAt: new Date(START + n * 3 * MINUTE_MS),
      userId: 1 + (n % 3),
      username: `pessoa ${String(1 + (n % 3))}`,
      costNanoUsd: n % 7 === 0 ? null : n * 1000,
    }),
  );

  /** A look into the database beside the server, or after it. */
  const inDatabase = async <T>(work: (dataSource: DataSource) => Promise<T>): Promise<T> => {
    const { DATABASE_URL, DATA_DIR } = place.settings;
    const dataSource = await openDatabase(databaseTarget(DATABASE_URL, String(DATA_DIR)));
    try {
      return await work(dataSource);
    } finally {
      await dataSource.destroy();
    }
  };

  /** Waits until the server has folded more than there were, or all of them. */
  const untilMore = async (dataSource: DataSource, before: number) => {
    const usage = dataSource.getRepository(Usage);
    for (let folded = before; folded === before && folded < CALLS;) {
      await wait(5);
      folded = await usage.countBy({ folded: true });
    }
  };

  const compare = async (dataSource: DataSource) => {
    const { zone, ...query } = ASKED;
    const env = loadEnv({ TIME_ZONE: zone });
    const { rows, total } = await new UsageReports(env, new UsageSumsRepository(dataSource)).report(
      query,
    );
    expect({ rows, total }).toEqual(summedUp(calls, ASKED));
    return dataSource.getRepository(Usage).countBy({ folded: true });
  };

  beforeAll(async () => {
    place = await aPlace(engine, { LLM_MODELS: 'quotes' });
    await inDatabase((dataSource) => enter(dataSource, calls));
  });
  afterAll(() => place.drop());

  it('should have added each call once or not at all, and go on where it was', async () => {
    let before = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const server = await startChildServer(place.settings);
      before = await inDatabase(async (dataSource) => {
        await untilMore(dataSource, before);
        await server.end('SIGKILL');
        return compare(dataSource);
      });
    }
    await inDatabase(async (dataSource) => {
      await new UsageRollUp(new UsageHoursRepository(dataSource)).fold(new Date());
      expect(await compare(dataSource)).toBe(CALLS);
    });
  });
});
