import type { WorkOnce } from '../ingest-queue.js';

/** Does work as long as there is some, a few pieces at the same time. */
export class Lanes {
  private once: WorkOnce | undefined;
  private readonly busy = new Set<Promise<void>>();
  /** How often it was told of work: a lane that found none before that looks again. */
  private woken = 0;

  constructor(private readonly most: number) {}

  open(once: WorkOnce): void {
    this.once = once;
  }

  /** There may be work: every lane that rests looks for it. */
  wake(): void {
    this.woken += 1;
    while (this.once && this.busy.size < this.most) {
      const lane: Promise<void> = this.work().finally(() => this.busy.delete(lane));
      this.busy.add(lane);
    }
  }

  /** Looks for work; resolves when there is none left. */
  async untilIdle(): Promise<void> {
    this.wake();
    await Promise.all(this.busy);
  }

  /** Begins nothing more; resolves when what was begun has ended. */
  async close(): Promise<void> {
    this.once = undefined;
    await Promise.all(this.busy);
  }

  private async work(): Promise<void> {
    let seen: number;
    do {
      seen = this.woken;
      while (await (this.once?.() ?? false));
    } while (seen !== this.woken && this.once);
  }
}
