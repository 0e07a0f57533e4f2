import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { Removal } from './removal.js';
import { RemovalRepository } from './removal.repository.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Longer than any upload: what is not here by then was cut off with the process that received it. */
const RECEIVING_MS = DAY_MS;

/** Deletes for good what has been in the trash for `TRASH_DAYS`, at start and every hour. */
@Injectable()
export class CollectionsTrashCleaner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(CollectionsTrashCleaner.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly removal: Removal,
    private readonly uploads: RemovalRepository,
  ) {}

  onApplicationBootstrap(): void {
    const clean = () => {
      this.clean(new Date()).catch((error: unknown) => {
        this.logger.error({ err: error }, 'the trash of documents could not be cleaned');
      });
    };
    this.timer = setInterval(clean, HOUR_MS).unref();
    clean();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Deletes what is due at the time. */
  async clean(now: Date): Promise<void> {
    await this.removal.removeDeletedBefore(new Date(now.getTime() - this.env.TRASH_DAYS * DAY_MS));
    await this.uploads.deleteNeverReceived(new Date(now.getTime() - RECEIVING_MS));
  }
}
