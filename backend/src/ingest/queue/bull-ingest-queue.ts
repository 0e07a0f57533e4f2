import { setTimeout as wait } from 'node:timers/promises';
import type { Queue, Worker } from 'bullmq';
import type { Redis, RedisConnection } from '../../platform/redis.js';
import { IngestQueue, type WorkOnce } from '../ingest-queue.js';
import type { IngestJobsRepository } from './ingest-jobs.repository.js';
import { Lanes } from './lanes.js';

/** How soon work is found that Redis told nobody of, for it was away, in milliseconds. */
const LOOK_EVERY_MS = 5000;

/** Longest that connections may take to end, in milliseconds. */
const CLOSE_MS = 1000;

/** How long a command of BullMQ waits for a Redis that is away, in milliseconds. */
const COMMAND_MS = 5000;

/** Its name, and that of what it holds, in Redis. */
const NAME = 'prosa-ingest';

/**
 * Processes hear of work through BullMQ: one that is free takes the next call at once. A call says
 * only that there is work; which, is in the rows. So a call that got lost with Redis is no loss.
 */
export class BullIngestQueue extends IngestQueue {
  private connection: RedisConnection | undefined;
  private queue: Queue | undefined;
  private worker: Worker | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly lanes: Lanes;

  /** @param atOnce how much work this process does at the same time. */
  constructor(
    jobs: Pick<IngestJobsRepository, 'add'>,
    atOnce: number,
    private readonly redis: Pick<Redis, 'open'>,
  ) {
    super(jobs);
    this.lanes = new Lanes(atOnce);
  }

  wake(): void {
    const here = (): void => {
      this.lanes.wake();
    };
    if (this.queue && this.connection?.isReady) {
      const kept = { removeOnComplete: true, removeOnFail: true };
      this.queue.add('work', {}, kept).catch(here);
    } else {
      here();
    }
  }

  async start(once: WorkOnce): Promise<void> {
    this.lanes.open(once);
    // 60 ms and 10 MB that a server without Redis does not pay.
    const { Queue, Worker } = await import('bullmq');
    const first = await this.redis.open();
    // While Redis is away BullMQ asks again at once whenever a command fails: its commands wait instead.
    const connection = first.duplicate({
      disableOfflineQueue: false,
      commandOptions: { timeout: COMMAND_MS },
    });
    if (first.isOpen) first.destroy();
    connection.on('error', () => undefined); // Redis is watched by others, who tell of its outages.
    this.connection = connection;
    this.queue = new Queue(NAME, { connection });
    this.worker = new Worker(NAME, () => this.lanes.untilIdle(), { connection });
    this.queue.on('error', () => undefined);
    this.worker.on('error', () => undefined);
    this.timer = setInterval(() => {
      this.lanes.wake();
    }, LOOK_EVERY_MS).unref();
    this.lanes.wake();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.lanes.close();
    // By force: what a call says is in the rows, and Redis may be away. BullMQ would wait for it.
    const closed = Promise.all([this.worker?.close(true), this.queue?.disconnect()]);
    await Promise.race([closed.catch(() => undefined), wait(CLOSE_MS, undefined, { ref: false })]);
    if (this.connection?.isOpen) this.connection.destroy();
  }
}
