import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Run } from '#db';
import { Reservations } from '../limits/reservations.js';
import { AbandonedRuns } from './abandoned-runs.js';
import { Housekeeping } from './housekeeping.js';
import { LiveRuns } from './live-runs.js';
import { ProcessId } from './process-id.js';
import { ProcessesRepository, stopReasonOf } from './processes.repository.js';
import { judgesFrom } from './silence.rules.js';
import { SpoolReplay } from './spool/spool-replay.js';

const INTERVAL_MS = 2000;

/** Without a sign of life for so long, others are about to take over this process's runs. */
const SILENT_MS = 4 * INTERVAL_MS;
const ORPHANS_AT_ONCE = 50;

/** A run is stored a moment before it is live; this is far more than that moment. */
const JUST_ACCEPTED_MS = 10_000;

/** Ticks between two looks for what is merely old: about ten minutes. */
const HOUSEKEEPING_TICKS = 300;

/** Gives signs of life every two seconds, and ends the runs of processes that stopped giving them. */
@Injectable()
export class ProcessKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ProcessKeeper.name);
  private timer: NodeJS.Timeout | undefined;
  private ticks = 0;
  private lastSignAt = 0;
  private judgesFrom = 0;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly process: ProcessId,
    private readonly live: LiveRuns,
    private readonly processes: ProcessesRepository,
    private readonly limits: Reservations,
    private readonly abandoned: AbandonedRuns,
    private readonly spool: SpoolReplay,
    private readonly housekeeping: Housekeeping,
  ) {}

  /** Ends what a crash left open before the first request is answered. */
  async onApplicationBootstrap(): Promise<void> {
    await this.processes.register(this.process.value);
    this.lastSignAt = performance.now();
    await this.processes.removeOthersIfAlone(this.process.value);
    await this.sweep();
    let busy = false;
    this.timer = setInterval(() => {
      if (!busy) {
        busy = true;
        this.working = this.tick().finally(() => (busy = false));
      }
    }, INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
    await this.processes.remove(this.process.value).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'could not sign off');
    });
  }

  /** Whether the database still takes what this process writes. */
  get givesSigns(): boolean {
    return performance.now() - this.lastSignAt < SILENT_MS;
  }

  private async tick(): Promise<void> {
    try {
      if (!(await this.processes.renew(this.process.value))) {
        await this.processes.register(this.process.value);
      }
      const now = performance.now();
      this.judgesFrom = judgesFrom(this.judgesFrom, this.lastSignAt, now);
      this.lastSignAt = now;
      await this.sweep();
      if (this.ticks % HOUSEKEEPING_TICKS === 0) {
        await this.housekeeping.tidy();
      }
      this.ticks += 1;
    } catch (error) {
      this.logger.warn({ err: error }, 'a sign of life failed');
    }
  }

  private async sweep(): Promise<void> {
    await this.endAll(await this.compareOwn());
    if (performance.now() >= this.judgesFrom) await this.endOrphans();
    await this.spool.replayRest();
    await this.limits.sweep();
  }

  private async endOrphans(): Promise<void> {
    let orphans: Run[];
    let ended: number;
    do {
      orphans = await this.processes.findOrphans(ORPHANS_AT_ONCE);
      ended = await this.endAll(orphans);
    } while (orphans.length === ORPHANS_AT_ONCE && ended > 0);
  }

  /** @returns how many were ended, here or by another process; one that cannot be holds up no other. */
  private async endAll(orphans: readonly Run[]): Promise<number> {
    let ended = 0;
    for (const orphan of orphans) {
      const names = { runId: orphan.id, postId: orphan.postId };
      try {
        await this.spool.replay(orphan.id);
        const here = await this.abandoned.end(orphan, 'interrupted');
        ended += 1;
        if (here) {
          this.logger.warn(names, 'ended an orphaned run');
        }
      } catch (error) {
        this.logger.error({ err: error, ...names }, 'an orphaned run could not be ended');
      }
    }
    return ended;
  }

  /**
   * Compares what this process answers with what is open under its name, and stops what another
   * process has ended: a checkpoint would find that out only where there is new text.
   * @returns what is open and not answered, for its end could not be written while the database was away.
   */
  private async compareOwn(): Promise<Run[]> {
    const live = this.live.all(); // Read first: each of them has been stored before it is here.
    const open = new Map(
      (await this.processes.findOpenOf(this.process.value)).map((run) => [run.id, run]),
    );
    for (const run of live.filter(({ id }) => !open.has(id))) {
      run.stop(stopReasonOf(await this.processes.statusOf(run.id)));
    }
    const before = Date.now() - JUST_ACCEPTED_MS;
    return [...open.values()].filter(
      ({ id, startedAt }) => startedAt.getTime() < before && !this.live.get(id),
    );
  }
}
