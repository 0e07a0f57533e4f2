import { Injectable, Logger } from '@nestjs/common';
import type { LiveRun } from '../live-run.js';
import { ProcessId } from '../process-id.js';
import { MOST_IN_MEMORY, mustSpool } from './spool.rules.js';
import { SpoolFolder } from './spool-folder.js';
import { type SpooledEnd, toLine } from './spooled-run.js';

/**
 * Keeps on the disk of this machine what readers have seen while the database takes nothing, so
 * that it survives this process as well. It holds what the database would hold, and only until the
 * database holds it.
 */
@Injectable()
export class Spool {
  private readonly logger = new Logger(Spool.name);
  private busy = false;
  private told = false;

  constructor(
    private readonly folder: SpoolFolder,
    private readonly process: ProcessId,
  ) {}

  /**
   * Keeps what runs have released and no checkpoint holds, as soon as it must not stay in memory
   * alone. A run whose text can be kept nowhere ends.
   * @param behindMs since the first checkpoint that is not committed yet.
   */
  async keep(runs: readonly LiveRun[], behindMs: number): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      for (const run of runs) {
        await this.keepText(run, behindMs);
      }
    } finally {
      this.busy = false;
    }
  }

  /** Keeps the end of a run in place of its text. Never throws: it stays in memory as well. */
  async keepEnd(run: LiveRun, end: SpooledEnd): Promise<void> {
    try {
      await this.folder.replace(run.id, this.firstLine(run) + toLine({ end }));
      run.markSpooled(run.releasedLength);
    } catch (error) {
      this.logger.warn(
        { err: error, runId: run.id },
        'the end of an answer is kept in memory only',
      );
    }
  }

  /** The database holds everything of a run. Never throws: what is left over is replayed, and adds nothing. */
  async forget(run: LiveRun): Promise<void> {
    const { id: runId } = run;
    try {
      await this.folder.remove(runId);
      // What was being kept beside it went as well.
      run.unmarkSpooled();
    } catch (error) {
      this.logger.warn({ err: error, runId }, 'a file of the spool could not be removed');
    }
  }

  private async keepText(run: LiveRun, behindMs: number): Promise<void> {
    const unkept = run.unkept();
    if (!unkept || !mustSpool({ behindMs, characters: unkept.text.length })) {
      return;
    }
    try {
      await this.folder.append(run.id, this.firstLine(run), toLine({ text: unkept }));
      run.markSpooled(unkept.start + unkept.text.length);
      this.told = false;
    } catch (error) {
      this.tell(error, run);
      if (unkept.text.length > MOST_IN_MEMORY) {
        run.stop('unkept');
      }
    }
  }

  private firstLine({ id: runId, accepted: { postId } }: LiveRun): string {
    return toLine({ of: { runId, postId, owner: this.process.value } });
  }

  /** Once, and not four times a second for each answer. */
  private tell(error: unknown, { id: runId }: LiveRun): void {
    if (!this.told) {
      this.told = true;
      this.logger.error({ err: error, runId }, 'what is shown is kept in memory only');
    }
  }
}
