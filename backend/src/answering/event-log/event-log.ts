import type { AnswerEvent } from '../answer-event.js';

/** How far a reader is: the sequence number of its last event and the characters it has. */
export interface Position {
  readonly seq: number;
  readonly chars: number;
}

export const START: Position = { seq: 0, chars: 0 };

/** An event in its place. `chars` counts the text up to and with it. */
export interface LoggedEvent {
  readonly position: Position;
  readonly event: AnswerEvent;
}

export type EventListener = (event: LoggedEvent) => void;

/** The events of runs, for any number of readers, each resuming where it was. */
export abstract class EventLog {
  /** @param text what the body holds already (when a run goes on in an older answer). */
  abstract open(runId: string, text: string): void;

  /**
   * Adds an event. The log ends with `done`; later events are dropped. `reconnect` is told to those
   * who listen now and is not kept: it says where to read on, and nothing of the answer.
   */
  abstract append(runId: string, event: AnswerEvent): void;

  /**
   * Tells a reader what it misses, at once, and then everything new.
   * @returns how to stop listening; undefined when the log of this run is gone.
   */
  abstract follow(
    runId: string,
    after: Position,
    listener: EventListener,
  ): (() => void) | undefined;
}
