import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { UsageHoursRepository } from './usage-hours.repository.js';

const HOUR_MS = 3_600_000;
const INTERVAL_MS = 300_000;

/** Calls a transaction: few, because on SQLite everybody else waits for it. */
const BATCH = 100;

/**
 * Folds the calls of hours that are over into `usage_hours`, at the start and every five minutes.
 * The ledger itself says which are done: whatever ends this, the next time goes on.
 */
@Injectable()
export class UsageRollUp implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(UsageRollUp.name);
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;
  private stopping = false;

  constructor(private readonly hours: UsageHoursRepository) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.begin();
    }, INTERVAL_MS).unref();
    this.begin();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.working;
  }

  /**
   * Folds every closed call of the hours before this one. Those that end later are folded the next
   * time, into the hour in which they were opened.
   */
  async fold(now: Date): Promise<void> {
    const thisHour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
    let folded: number;
    do {
      folded = await this.hours.foldSome(thisHour, BATCH);
    } while (folded === BATCH && !this.stopping);
  }

  private begin(): void {
    this.working ??= this.fold(new Date())
      .catch((error: unknown) => {
        this.logger.error({ err: error }, 'usage could not be summed up by the hour');
      })
      .finally(() => (this.working = undefined));
  }
}
