import { IngestQueue, type WorkOnce } from '../ingest-queue.js';

/** How soon work is found that nobody told this process of, in milliseconds. */
const LOOK_EVERY_MS = 1000;

/** A process looks for work when it is told of some here, and every second for what others noted down. */
export class DatabaseIngestQueue extends IngestQueue {
  private once: WorkOnce | undefined;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;
  private again = false;

  wake(): void {
    this.again = true;
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  start(once: WorkOnce): Promise<void> {
    this.once = once;
    this.timer = setInterval(() => {
      this.wake();
    }, LOOK_EVERY_MS).unref();
    this.wake();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.once = undefined;
    clearInterval(this.timer);
    await this.working;
  }

  private async work(): Promise<void> {
    while (this.again) {
      this.again = false;
      while (await (this.once?.() ?? false));
    }
  }
}
