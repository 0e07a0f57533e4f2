import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { dayAt } from '../platform/civil-days.rules.js';
import { WebAnswersRepository } from './web-answers.repository.js';

/** In milliseconds: what is kept lives a quarter of an hour or an hour. */
const SWEEP_MS = 5 * 60_000;

/** Forgets what the web answered once it is too old to be believed. */
@Injectable()
export class WebCacheCleaner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(WebCacheCleaner.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly answers: WebAnswersRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping = this.sweep();
    }, SWEEP_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      const now = new Date();
      await this.answers.sweep(now, dayAt(this.env.TIME_ZONE, now));
    } catch (error) {
      this.logger.warn({ err: error }, 'what the web answered could not be swept');
    }
  }
}
