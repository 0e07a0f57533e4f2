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
