import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Stopping } from '../platform/stopping.js';
import { EventLog } from './event-log/event-log.js';
import { LiveRuns } from './live-runs.js';

/** How soon the readers of an answer that was not finished ask another process, or this one's next. */
const ASK_AGAIN_MS = 1000;

/** Lets the answers that are being made come to their end before the process does. */
@Injectable()
export class Drain {
  private readonly logger = new Logger(Drain.name);

  constructor(
    private readonly stopping: Stopping,
    private readonly live: LiveRuns,
    private readonly log: EventLog,
  ) {}

  /**
   * Takes no new work from now on, waits for the answers under way, and sends the readers of those
   * that are not finished in time elsewhere. What remains is settled when the application closes.
   */
  async drain(limitMs: number): Promise<void> {
    this.stopping.begin();
    if (this.live.size > 0) {
      this.logger.log({ answers: this.live.size }, 'finishing the answers under way');
    }
    const late = wait(limitMs, 'late', { ref: false });
    // A prompt that was accepted in the moment of the signal is answered like the others.
    while (this.live.size > 0) {
      const ended = Promise.all(this.live.all().map((run) => run.ended));
      if ((await Promise.race([ended, late])) === 'late') break;
      await wait(0);
    }
    const unfinished = this.live.all();
    if (unfinished.length > 0) {
      this.logger.warn({ answers: unfinished.length }, 'answers are cut off: time is up');
    }
    for (const { id } of unfinished) {
      this.log.append(id, { type: 'reconnect', afterMs: ASK_AGAIN_MS });
    }
    this.log.leave();
  }
}
