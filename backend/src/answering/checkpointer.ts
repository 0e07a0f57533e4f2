import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LONGEST_COMMIT } from '#db';
import { commitsOf, type Due } from './checkpoint.rules.js';
import type { LiveRun } from './live-run.js';
import { LiveRuns } from './live-runs.js';
import { ProcessesRepository, stopReasonOf } from './processes.repository.js';
import { RunsRepository } from './runs.repository.js';
import { Spool } from './spool/spool.js';

/** What a crash may lose of shown text, beside one commit. */
const INTERVAL_MS = 250;

/**
 * Stores what readers have seen, for all runs of this process in one transaction, so that the
 * database's work does not grow with the number of runs; in several after a long outage.
 */
@Injectable()
export class Checkpointer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Checkpointer.name);
  private timer: NodeJS.Timeout | undefined;
  private busy = false;
  /** When the first checkpoint began that is not committed yet; `performance.now()`. */
  private behindSince: number | undefined;

  constructor(
    private readonly live: LiveRuns,
    private readonly runs: RunsRepository,
    private readonly processes: ProcessesRepository,
    private readonly spool: Spool,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tick(), INTERVAL_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async tick(): Promise<void> {
    if (this.behindSince !== undefined) {
      // Beside a checkpoint that may never end: a server that hangs refuses nothing.
      void this.spool.keep(this.live.all(), performance.now() - this.behindSince);
    }
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      await this.checkpoint();
      this.behindSince = undefined;
    } catch (error) {
      // The text stays unstored and is written by a later tick.
      this.logger.warn({ err: error }, 'a checkpoint failed');
    } finally {
      this.busy = false;
    }
  }

  private async checkpoint(): Promise<void> {
    const due = this.live.all().flatMap((run) => {
      const unstored = run.unstored();
      return unstored ? [{ run, unstored }] : [];
    });
    if (due.length === 0) {
      return;
    }
    this.behindSince ??= performance.now();
    for (const commit of commitsOf(due, LONGEST_COMMIT)) await this.store(commit);
  }

  private async store(commit: readonly Due<LiveRun>[]): Promise<void> {
    const held = await this.runs.checkpoint(
      commit.map(({ run, unstored: { part, standing } }) => ({
        part: { runId: run.id, postId: run.accepted.postId, ...part },
        standing,
      })),
    );
    for (const { run, unstored } of commit) {
      if (held.has(run.id)) {
        const end = unstored.part.start + unstored.part.text.length;
        if (run.markStored(end)) await this.spool.forget(run);
      } else {
        // Ended elsewhere, perhaps with its conversation.
        run.stop(stopReasonOf(await this.processes.statusOf(run.id)));
      }
    }
  }
}
