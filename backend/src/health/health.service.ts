import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ProcessKeeper } from '../answering/process-keeper.js';
import { ModelRegistry } from '../llm/registry.js';
import { RetryLaterError } from '../platform/domain-error.js';
import { Stopping } from '../platform/stopping.js';
import { HealthRepository } from './health.repository.js';

const RETRY_SECONDS = 2;

/** A database that takes longer to answer `SELECT 1` serves nobody. */
const LONGEST_ANSWER_MS = 2000;

/**
 * Knows whether this process may be sent work. It listens only when the tables are up to date and
 * the documentation has been indexed; what can change after that is asked each time.
 */
@Injectable()
export class HealthService {
  constructor(
    private readonly database: HealthRepository,
    private readonly keeper: ProcessKeeper,
    private readonly models: ModelRegistry,
    private readonly stopping: Stopping,
  ) {}

  /**
   * @throws {DomainError} SERVER.STOPPING; SERVER.DATABASE_UNAVAILABLE when it cannot be read;
   * SERVER.STORAGE_UNAVAILABLE when nothing can be written (read-only, or the disk is full).
   */
  async requireReady(): Promise<void> {
    if (this.stopping.begun) {
      throw new RetryLaterError('SERVER.STOPPING', RETRY_SECONDS);
    }
    const late = wait(LONGEST_ANSWER_MS, false, { ref: false });
    if (!(await Promise.race([this.database.answers(), late]))) {
      throw new RetryLaterError('SERVER.DATABASE_UNAVAILABLE', RETRY_SECONDS);
    }
    if (!this.keeper.givesSigns) {
      throw new RetryLaterError('SERVER.STORAGE_UNAVAILABLE', RETRY_SECONDS);
    }
  }

  /** The model that is asked when nobody chooses. */
  async defaultModel(): Promise<string> {
    const models = await this.models.list();
    return models.find(({ isDefault }) => isDefault)?.id ?? '';
  }
}
