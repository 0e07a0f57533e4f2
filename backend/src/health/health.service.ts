import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { RetryLaterError } from '../platform/domain-error.js';
import { HealthRepository } from './health.repository.js';

const RETRY_SECONDS = 2;

/** Knows whether this process may be sent work. */
@Injectable()
export class HealthService implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(private readonly database: HealthRepository) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** @throws {DomainError} SERVER.STOPPING or SERVER.DATABASE_UNAVAILABLE. */
  async requireReady(): Promise<void> {
    if (this.stopping) {
      throw new RetryLaterError('SERVER.STOPPING', RETRY_SECONDS);
    }
    if (!(await this.database.answers())) {
      throw new RetryLaterError('SERVER.DATABASE_UNAVAILABLE', RETRY_SECONDS);
    }
  }
}
