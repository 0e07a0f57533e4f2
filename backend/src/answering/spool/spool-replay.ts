import { Injectable, Logger } from '@nestjs/common';
import { isDatabaseAway, isTransient, takesNoWriting } from '#db';
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
   * Writes what was kept of a run whose process is gone. To be called before the run is ended, which
   * ends it as it was here: only where the end itself was not kept, anything is left to be done.
   * @throws the database's error when it is away, or was busy with others: then it is kept.
   */
  async replay(runId: string): Promise<void> {
    const kept = await this.read(runId);
    if (!kept) return;
    try {
      const stored = (await this.ofOpenRun(kept)) || (await this.ofEndedRun(kept));
      const { postId } = kept.of;
      this.logger.warn({ runId, postId, stored }, 'replayed what was kept of an answer');
    } catch (error) {
      if (isDatabaseAway(error) || takesNoWriting(error) || isTransient(error)) throw error;
      // It would be refused for ever, and would be a copy that nobody deletes.
      this.logger.error({ err: error, runId }, 'text that was kept cannot be stored');
    }
    await this.unlessItFails(this.folder.remove(runId));
  }

  /** Replays what was kept of runs that others have ended, or that were deleted. */
  async replayRest(): Promise<void> {
    for (const runId of await this.list()) {
      const kept = await this.read(runId);
      if (!kept) {
        await this.unlessItFails(this.folder.removeAbandoned(runId));
      } else if (await this.isDropped(kept)) {
        await this.replay(runId);
      }
    }
  }

  private async list(): Promise<string[]> {
    const found = (await this.unlessItFails(this.folder.list())) ?? [];
    return found.filter((runId) => !this.live.get(runId));
  }

  private async read(runId: string): Promise<SpooledRun | undefined> {
    const content = await this.unlessItFails(this.folder.read(runId));
    return content === undefined ? undefined : fromLines(content);
  }

  /** A disk that fails ends no process and holds up no sweep. */
  private async unlessItFails<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      this.logger.error({ err: error }, 'the spool cannot be used');
      return undefined;
    }
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
