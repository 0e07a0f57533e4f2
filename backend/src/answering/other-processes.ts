import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Run } from '#db';
import { Announcements, type Heard } from '../platform/announcements.js';
import { AbandonedRuns } from './abandoned-runs.js';
import type { StopReason } from './live-run.js';
import { LiveRuns } from './live-runs.js';
import { PeopleRepository } from './people.repository.js';
import { ProcessId } from './process-id.js';
import { ProcessesRepository, type RunPlace } from './processes.repository.js';

/**
 * How long the process that answers may take to end a run by itself, in milliseconds. It takes ten
 * when it is well; one that is not is not waited for longer than a person waits.
 */
const OWN_END_MS = 2000;

/** Stops what other processes answer, and here what they want stopped. */
@Injectable()
export class OtherProcesses implements OnModuleInit {
  private readonly logger = new Logger(OtherProcesses.name);
  private readonly awaited = new Map<string, () => void>();

  constructor(
    private readonly self: ProcessId,
    private readonly live: LiveRuns,
    private readonly processes: ProcessesRepository,
    private readonly abandoned: AbandonedRuns,
    private readonly announcements: Announcements,
    private readonly people: PeopleRepository,
  ) {}

  onModuleInit(): void {
    this.announcements.heard$.subscribe((heard) => {
      this.heed(heard).catch((error: unknown) => {
        this.logger.error({ err: error, ...heard }, 'runs of other processes go on');
      });
    });
  }

  /**
   * Stops what other processes are answering. Each is asked to do so itself, for it has the whole
   * text and the counts; where it cannot be asked, or does not, what is stored becomes the answer,
   * and it learns of it when it next looks at the database.
   */
  async stop(place: RunPlace): Promise<void> {
    const open = await this.processes.findOpenElsewhere(place, this.self.value);
    await Promise.all(open.map((run) => this.stopRun(run)));
  }

  private async stopRun(run: Run): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.awaited.set(run.id, resolve);
    try {
      const { id: runId } = run;
      if (await this.announcements.tell({ type: 'stop-run', runId, reason: 'stopped' })) {
        await Promise.race([promise, wait(OWN_END_MS, undefined, { ref: false })]);
      }
      await this.abandoned.end(run, 'stopped'); // Unless it has ended by now.
    } finally {
      this.awaited.delete(run.id);
    }
  }

  private async heed(heard: Heard): Promise<void> {
    switch (heard.type) {
      case 'stop-run':
        return heard.here ? undefined : this.stopHere(heard.runId, heard.reason);
      case 'run-stopped':
        return this.awaited.get(heard.runId)?.();
      case 'person-barred':
        return this.stopPerson(heard.userId, heard.here);
      case 'person-changed':
      case 'session-ended':
        return undefined;
    }
  }

  /** Said elsewhere it is only a reason to look: another Prosa may share this Redis. */
  private async stopPerson(userId: number, here: boolean): Promise<void> {
    const runs = this.live.ofPerson(userId);
    if (!here && (runs.length === 0 || (await this.people.mayAsk(userId)))) return;
    for (const run of runs) run.stop('stopped');
    if (here) await this.stop({ userId });
  }

  private async stopHere(runId: string, reason: StopReason): Promise<void> {
    const run = await this.live.find(runId);
    if (run) {
      run.stop(reason);
      await run.ended;
      await this.announcements.tell({ type: 'run-stopped', runId });
    }
  }
}
