import { Injectable } from '@nestjs/common';
import { Reservations } from '../limits/reservations.js';
import { AbandonedCalls } from './abandoned-calls.js';
import { ProcessesRepository } from './processes.repository.js';
import { RunsRepository } from './runs.repository.js';

/** How long an `Idempotency-Key` is remembered. */
const KEY_KEPT_MS = 24 * 3_600_000;

/** Puts away what is merely old: nothing waits for it. */
@Injectable()
export class Housekeeping {
  constructor(
    private readonly processes: ProcessesRepository,
    private readonly calls: AbandonedCalls,
    private readonly limits: Reservations,
    private readonly runs: RunsRepository,
  ) {}

  async tidy(): Promise<void> {
    await this.processes.removeSilent();
    await this.calls.closeLost();
    await this.limits.removeOld();
    await this.runs.forgetKeysBefore(new Date(Date.now() - KEY_KEPT_MS));
  }
}
