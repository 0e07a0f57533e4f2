import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { AbandonedCalls } from '../abandoned-calls.js';
import { SummaryWorkRepository } from './summary-work.repository.js';

const INTERVAL_MS = 4000;

/** Gives up the summaries of processes that died: their calls are closed, their places free again. */
@Injectable()
export class SummaryKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SummaryKeeper.name);
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: SummaryWorkRepository,
    private readonly calls: AbandonedCalls,
  ) {}

  onApplicationBootstrap(): void {
    let busy = false;
    this.timer = setInterval(() => {
      if (busy) return;
      busy = true;
      this.working = this.sweep().finally(() => (busy = false));
    }, INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  private async sweep(): Promise<void> {
    try {
      for (const orphan of await this.work.findOrphans()) {
        await this.calls.closeOf(orphan.runId);
        await this.work.dropOrphan(orphan);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'summaries of other processes could not be given up');
    }
  }
}
