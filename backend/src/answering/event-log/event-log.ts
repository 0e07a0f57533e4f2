import type { AnswerEvent } from '../answer-event.js';
import type { EventListener, LoggedEvent, Position } from './logged-event.js';
import { RunLog } from './run-log.js';

/**
 * Tells a reader at once what it misses of an answer, then everything new until `done`.
 * @returns how to stop listening.
 */
export type FollowAnswer = (after: Position, listener: EventListener) => () => void;

/** How long a finished log can still be resumed. */
export const KEPT_MS = 60_000;

/** The events of runs, for any number of readers, each resuming where it was. */
export abstract class EventLog {
  /** Of the runs that this process answers. */
  protected readonly logs = new Map<string, RunLog>();

  /** @param text what the body holds already (when a run goes on in an older answer). */
  open(runId: string, text: string): void {
    this.logs.set(runId, new RunLog(text));
  }

  /**
   * Adds an event. The log ends with `done`; later events are dropped. `reconnect` is told to those
   * who listen now and is not kept: it says where to read on, and nothing of the answer.
   * @returns the event in its place, unless it was dropped.
   */
  append(runId: string, event: AnswerEvent): LoggedEvent | undefined {
    const logged = this.logs.get(runId)?.append(event);
    if (logged?.event.type === 'done') {
      setTimeout(() => this.logs.delete(runId), KEPT_MS).unref();
    }
    return logged;
  }

  /**
   * Finds the log of a run, whichever process answers it.
   * @returns undefined when it is gone, or out of reach: the database knows what is stored.
   */
  async find(runId: string): Promise<FollowAnswer | undefined> {
    return this.logs.has(runId) ? this.here(runId) : this.elsewhere(runId);
  }

  /** A run of another process was ended here: its readers, wherever they are, are sent away. */
  abstract abandon(runId: string): Promise<void>;

  /** This process ends: whoever reads here what another one answers is sent there. */
  abstract leave(): void;

  /** The log of a run that another process answers. */
  protected abstract elsewhere(runId: string): Promise<FollowAnswer | undefined>;

  /** A log may be gone in the moment between being found and being read. */
  private here(runId: string): FollowAnswer {
    return (after, listener) => {
      const log = this.logs.get(runId);
      if (!log) {
        listener({ position: after, event: { type: 'reconnect', afterMs: 0 } });
      }
      return log?.follow(after, listener) ?? (() => undefined);
    };
  }
}
