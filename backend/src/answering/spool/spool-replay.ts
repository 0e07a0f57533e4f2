import { Injectable, Logger } from '@nestjs/common';
import { isDatabaseAway, takesNoWriting } from '#db';
import { EventLog } from '../event-log/event-log.js';
import { LiveRuns } from '../live-runs.js';
import { ProcessId } from '../process-id.js';
import { ProcessesRepository } from '../processes.repository.js';
import { Settle } from '../steps/settle.js';
import { SpoolFolder } from './spool-folder.js';
import { SpoolRepository } from './spool.repository.js';
import { fromLines, type SpooledRun } from './spooled-run.js';

/**
 * Writes into the database what processes that are gone had kept on this machine's disk, and what
 * this one did not get rid of. What is still answered here is stored from memory.
 */
@Injectable()
export class SpoolReplay {
  private readonly logger = new Logger(SpoolReplay.name);

  constructor(
    private readonly folder: SpoolFolder,
    private readonly repository: SpoolRepository,
    private readonly settle: Settle,
    private readonly processes: ProcessesRepository,
    private readonly process: ProcessId,
    private readonly live: LiveRuns,
    private readonly log: EventLog,
  ) {}

  /**
   * To be called before orphaned runs are ended, so that they end with what was kept of them.
   * @throws the database's error when it is away.
   */
  async replay(): Promise<void> {
    for (const runId of await this.list()) {
      if (this.live.get(runId)) continue;
      try {
        await this.replayRun(runId);
      } catch (error) {
        if (isDatabaseAway(error) || takesNoWriting(error)) throw error;
        // It would be refused for ever, and would be a copy that nobody deletes.
        this.logger.error({ err: error, runId }, 'text that was kept cannot be stored');
        await this.folder.remove(runId);
      }
    }
  }

  private async list(): Promise<string[]> {
    try {
      return await this.folder.list();
    } catch (error) {
      this.logger.error({ err: error }, 'the spool cannot be read');
      return [];
    }
  }

  private async replayRun(runId: string): Promise<void> {
    const spooled = fromLines((await this.folder.read(runId)) ?? '');
    if (spooled && !(await this.isDropped(spooled))) return;
    if (spooled) {
      const stored = (await this.ofOpenRun(spooled)) || (await this.ofEndedRun(spooled));
      const { postId } = spooled.of;
      this.logger.warn({ runId, postId, stored }, 'replayed what was kept of an answer');
    }
    await this.folder.remove(runId);
  }

  /** Whether nobody answers the run any more. */
  private async isDropped({ of: { owner, runId } }: SpooledRun): Promise<boolean> {
    return owner === this.process.value
      ? !this.live.get(runId)
      : !(await this.processes.givesSigns(owner));
  }

  private async ofOpenRun({ of, text, end }: SpooledRun): Promise<boolean> {
    if (!end) {
      return text !== undefined && (await this.repository.append(of, text));
    }
    const settled = await this.settle.write(end, of.owner);
    if (settled) await this.log.abandon(of.runId);
    return settled !== false;
  }

  private async ofEndedRun({ of, text, end }: SpooledRun): Promise<boolean> {
    const shown = end ? { start: 0, text: end.settlement.post.body } : text;
    return shown !== undefined && (await this.repository.appendShown(of, shown));
  }
}
