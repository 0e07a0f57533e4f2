import { Injectable } from '@nestjs/common';
import type { Run } from '#db';
import { Reservations } from '../limits/reservations.js';
import { Announcements } from '../platform/announcements.js';
import { AbandonedCalls } from './abandoned-calls.js';
import { EventLog } from './event-log/event-log.js';
import { ProcessesRepository, stopReasonOf } from './processes.repository.js';

/** Ends runs in the place of the process that answers them. */
@Injectable()
export class AbandonedRuns {
  constructor(
    private readonly processes: ProcessesRepository,
    private readonly calls: AbandonedCalls,
    private readonly limits: Reservations,
    private readonly log: EventLog,
    private readonly announcements: Announcements,
  ) {}

  /**
   * What is stored of the run becomes its answer. Its process, where it lives, hears of it or finds
   * it out, and stops.
   * @returns false when the run had ended already.
   */
  async end(run: Run, status: 'interrupted' | 'stopped'): Promise<boolean> {
    const close = await this.calls.of(run, status);
    const here = await this.processes.end(run, status, async (manager, stored) => {
      await close(manager, stored);
      await this.limits.end(manager, run.id, status);
    });
    if (here) {
      await this.log.abandon(run.id);
      const reason = stopReasonOf(status);
      await this.announcements.tell({ type: 'stop-run', runId: run.id, reason });
    }
    return here;
  }
}
