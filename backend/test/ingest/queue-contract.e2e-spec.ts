import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IngestJob, inTransaction, openDatabase } from '#db';
import type { DataSource } from 'typeorm';
import {
  createTestDatabase,
  TEST_ENGINES,
  type TestDatabase,
} from '../../../db/test/test-databases.js';
import type { Env } from '../../src/config/env.schema.js';
import type { IngestQueue } from '../../src/ingest/ingest-queue.js';
import { BullIngestQueue } from '../../src/ingest/queue/bull-ingest-queue.js';
import { DatabaseIngestQueue } from '../../src/ingest/queue/database-ingest-queue.js';
import {
  IngestJobsRepository,
  LeaseLostError,
} from '../../src/ingest/queue/ingest-jobs.repository.js';
import { inTurn } from '../../src/ingest/queue/turn.rules.js';
import { Redis } from '../../src/platform/redis.js';
import { startTcpProxy, type TcpProxy } from '../fakes/tcp-proxy.js';
import { REDIS_URL } from '../harness/event-logs.js';
import { until } from './given-documents.js';

type Kind = 'the database' | 'Redis';

const KINDS: readonly Kind[] =
  REDIS_URL === undefined ? ['the database'] : ['the database', 'Redis'];

/** A process that works, as the worker does, on jobs that take no time. */
interface Hand {
  readonly owner: string;
  readonly queue: IngestQueue;
  /** The versions it worked on. */
  readonly done: number[];
  stop(): Promise<void>;
}

for (const kind of KINDS) {
  const engines = kind === 'Redis' ? (['sqlite'] as const) : TEST_ENGINES;
  describe.each(engines)(`work that hears of itself through ${kind}, on %s`, (engine) => {
    let database: TestDatabase;
    let dataSource: DataSource;
    let jobs: IngestJobsRepository;
    let proxy: TcpProxy | undefined;
    const hands: Hand[] = [];

    beforeAll(async () => {
      database = await createTestDatabase(engine);
      dataSource = await openDatabase(database.target);
      jobs = new IngestJobsRepository(dataSource);
      if (kind === 'Redis') proxy = await startTcpProxy(Number(new URL(String(REDIS_URL)).port));
    });
    afterAll(async () => {
      await Promise.all(hands.map((hand) => hand.stop()));
      await proxy?.close();
      await dataSource.destroy();
      await database.drop();
    });

    async function aHand(): Promise<Hand> {
      const owner = randomBytes(16).toString('hex');
      const url = `redis://127.0.0.1:${String(proxy?.port)}`;
      const queue =
        kind === 'Redis'
          ? new BullIngestQueue(jobs, 1, new Redis({ REDIS_URL: url } as Env))
          : new DatabaseIngestQueue(jobs, 1);
      const done: number[] = [];
      await queue.start(async () => {
        for (const { id } of inTurn(await jobs.findCandidates(), [])) {
          const job = await jobs.take(id, owner);
          if (!job) continue;
          done.push(job.versionId);
          await jobs.finish(id, owner);
          return true;
        }
        return false;
      });
      const hand: Hand = { owner, queue, done, stop: () => queue.stop() };
      hands.push(hand);
      return hand;
    }

    const add = (versionIds: readonly number[], job: 'ingest' | 'remove' = 'ingest') =>
      inTransaction(dataSource, async (manager) => {
        for (const versionId of versionIds) await jobs.add(manager, { kind: job, versionId });
      });
    const left = () => dataSource.getRepository(IngestJob).count();
    const nothingLeft = () => until(async () => (await left()) === 0);

    it('should do each piece of work once, whoever hears of it', async () => {
      const [one, other] = [await aHand(), await aHand()];
      const versions = Array.from({ length: 40 }, (_, n) => n + 1);
      await add(versions);
      for (const _ of versions) one.queue.wake();
      await nothingLeft();
      expect([...one.done, ...other.done].sort((a, b) => a - b)).toEqual(versions);
      await Promise.all([one.stop(), other.stop()]);
    });

    it('should do what was noted down and never told of', async () => {
      await add([1001]);
      const hand = await aHand();
      await nothingLeft();
      await add([1002]);
      await nothingLeft();
      expect(hand.done).toEqual([1001, 1002]);
      await hand.stop();
      await add([1003]);
      hand.queue.wake();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(hand.done).toHaveLength(2);
      await (await aHand()).stop(); // It looks once when it starts.
    });

    it('should let nobody take what another one is at, until its time is over', async () => {
      await nothingLeft();
      await add([2001]);
      const [candidate] = await jobs.findCandidates();
      const id = candidate?.id ?? 0;
      expect(await jobs.take(id, 'one')).toMatchObject({ versionId: 2001, attempts: 1 });
      expect(await jobs.findCandidates()).toEqual([]);
      expect(await jobs.take(id, 'other')).toBeUndefined();
      await dataSource.getRepository(IngestJob).update({ id }, { ownedUntil: new Date(0) });
      expect(await jobs.findCandidates()).toHaveLength(1);
      expect(await jobs.take(id, 'other')).toMatchObject({ attempts: 2 });
      await expect(jobs.hold(id, 'one')).rejects.toThrow(LeaseLostError);
      await expect(jobs.finish(id, 'one')).rejects.toThrow(LeaseLostError);
      await jobs.giveBack(id, 'other');
      expect(await jobs.take(id, 'one')).toMatchObject({ attempts: 2 });
      await jobs.putOff(id, 'one', 300);
      expect(await jobs.findCandidates()).toEqual([]);
      await dataSource.getRepository(IngestJob).delete({ id });
    });

    it('should leave work of a kind that it does not know to newer processes, and its turn', async () => {
      const { id } = await dataSource.getRepository(IngestJob).save({
        ...{ kind: 'of-a-newer-one' as 'ingest', versionId: 2501, attempts: 0 },
        ...{ runAfter: new Date(0), createdAt: new Date(0) },
      });
      await add([2501], 'remove');
      await add([2502]);
      const hand = await aHand();
      hand.queue.wake();
      await until(async () => (await left()) === 2);
      expect(hand.done).toEqual([2502]);
      await hand.stop();
      expect(await jobs.findCandidates()).toEqual([]);
      const waiting = await dataSource.getRepository(IngestJob).findOneByOrFail({ id });
      expect(waiting).toMatchObject({ kind: 'of-a-newer-one', owner: null, attempts: 0 });
      await dataSource.getRepository(IngestJob).delete({ id });
      const after = await aHand();
      await nothingLeft();
      expect(after.done).toEqual([2501]);
      await after.stop();
    });

    it('should remove a version only after what was noted down for it before', async () => {
      await add([3001]);
      await add([3001], 'remove');
      const [first, ...others] = await jobs.findCandidates();
      expect(others).toEqual([]);
      expect(await jobs.take(first?.id ?? 0, 'one')).toMatchObject({ kind: 'ingest' });
      expect(await jobs.findCandidates()).toEqual([]);
      await jobs.finish(first?.id ?? 0, 'one');
      const [second] = await jobs.findCandidates();
      expect(await jobs.take(second?.id ?? 0, 'one')).toMatchObject({ kind: 'remove' });
      await jobs.finish(second?.id ?? 0, 'one');
    });

    if (kind === 'Redis') {
      it('should lose no work to a Redis that is lost, and hear of it again when it is back', async () => {
        const hand = await aHand();
        await proxy?.cut();
        await add([4001]);
        hand.queue.wake();
        await nothingLeft();
        await proxy?.mend();
        await add([4002]);
        hand.queue.wake();
        await nothingLeft();
        expect(hand.done).toEqual([4001, 4002]);
        await hand.stop();
      });
    }
  });
}
