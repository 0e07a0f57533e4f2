import { IngestQueue, type WorkOnce } from '../ingest-queue.js';
import { Lanes } from './lanes.js';
import type { IngestJobsRepository } from './ingest-jobs.repository.js';

/** How soon work is found that nobody told this process of, in milliseconds. */
const LOOK_EVERY_MS = 1000;

/** A process looks for work when it is told of some here, and every second for what others noted down. */
export class DatabaseIngestQueue extends IngestQueue {
  private timer: NodeJS.Timeout | undefined;
  private readonly lanes: Lanes;

  /** @param atOnce how much work this process does at the same time. */
  constructor(jobs: Pick<IngestJobsRepository, 'add'>, atOnce: number) {
    super(jobs);
    this.lanes = new Lanes(atOnce);
  }

  wake(): void {
    this.lanes.wake();
  }

  start(once: WorkOnce): Promise<void> {
    this.lanes.open(once);
    this.timer = setInterval(() => {
      this.wake();
    }, LOOK_EVERY_MS).unref();
    this.wake();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.lanes.close();
  }
}
