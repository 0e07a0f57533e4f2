import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { ConversationsRepository } from './conversations.repository.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BATCH = 50;

/** Deletes for good what has been in the trash for `TRASH_DAYS`, at start and every hour. */
@Injectable()
export class TrashCleaner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(TrashCleaner.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly conversations: ConversationsRepository,
  ) {}

  onApplicationBootstrap(): void {
    const clean = () => {
      this.clean(new Date()).catch((error: unknown) => {
        this.logger.error({ err: error }, 'the trash could not be cleaned');
      });
    };
    this.timer = setInterval(clean, HOUR_MS).unref();
    clean();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Deletes what is due at the time, a few at once so that others are not held up. */
  async clean(now: Date): Promise<void> {
    const due = new Date(now.getTime() - this.env.TRASH_DAYS * DAY_MS);
    for (;;) {
      const ids = await this.conversations.findIdsDeletedBefore(due, BATCH);
      if (ids.length === 0) {
        return;
      }
      await this.conversations.deleteFromTrash(ids);
    }
  }
}
