import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { SIGN_OF_LIFE_MS } from '../uploads/intake.js';
import { Removal } from './removal.js';
import { RemovalRepository } from './removal.repository.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Without a sign of life for so long, what was to arrive was cut off with the process that received it. */
const SILENT_MS = 5 * SIGN_OF_LIFE_MS;

/**
 * Deletes for good what has been in the trash for `TRASH_DAYS`, at start and every hour, and what
 * never arrived, within minutes.
 */
@Injectable()
export class CollectionsTrashCleaner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(CollectionsTrashCleaner.name);
  private timers: readonly NodeJS.Timeout[] = [];

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
    const sweep = (silentSince: Date) => {
      this.uploads.deleteNeverReceived(silentSince).catch((error: unknown) => {
        this.logger.error({ err: error }, 'uploads that were cut off could not be forgotten');
      });
    };
    this.timers = [
      setInterval(clean, HOUR_MS).unref(),
      setInterval(() => {
        sweep(new Date(Date.now() - SILENT_MS));
      }, SILENT_MS).unref(),
    ];
    clean();
    // SQLite's folder belongs to one process: what arrived at another one arrives no more.
    if (this.uploads.isAlone) sweep(new Date());
  }

  onApplicationShutdown(): void {
    this.timers.forEach(clearInterval);
  }

  /** Deletes what is due at the time. */
  async clean(now: Date): Promise<void> {
    await this.removal.removeDeletedBefore(new Date(now.getTime() - this.env.TRASH_DAYS * DAY_MS));
    await this.uploads.deleteNeverReceived(new Date(now.getTime() - SILENT_MS));
  }
}
