import { RetryLaterError } from '../../platform/domain-error.js';

const RETRY_SECONDS = 2;

/**
 * Runs expensive work a few at a time, first come, first served. Each hashing takes 19 MiB and a
 * core: two hundred sign-ins at once would otherwise take 3.8 GB and the time of everybody else.
 */
export class HashingQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly longest: number,
  ) {}

  /** @throws {RetryLaterError} REQUEST.RATE_LIMITED when too many wait already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnce) {
      await this.turn();
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.longest) {
      throw new RetryLaterError('REQUEST.RATE_LIMITED', RETRY_SECONDS);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.waiting.push(resolve);
    return promise;
  }

  /** Hands the place to who waits longest, so that nobody new slips in between. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) {
      next();
    } else {
      this.running -= 1;
    }
  }
}
