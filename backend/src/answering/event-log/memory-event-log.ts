import { Injectable } from '@nestjs/common';
import type { ReleasedText } from '../../guardrails/guarded.js';
import type { AnswerEvent } from '../answer-event.js';
import { EventLog, type EventListener, type LoggedEvent, type Position } from './event-log.js';

/** How long a finished log can still be resumed. */
const KEPT_MS = 60_000;

interface RunLog {
  seq: number;
  /** The text of all deltas: kept once, and cut anew for each reader that resumes. */
  text: string;
  /** Everything but deltas, each with the place in the text where it happened. */
  readonly marks: LoggedEvent[];
  readonly listeners: Set<EventListener>;
  done: boolean;
}

/** The event log of a single process. */
@Injectable()
export class MemoryEventLog extends EventLog {
  private readonly logs = new Map<string, RunLog>();

  open(runId: string, text: string): void {
    this.logs.set(runId, { seq: 0, text, marks: [], listeners: new Set(), done: false });
  }

  append(runId: string, event: AnswerEvent): void {
    const log = this.logs.get(runId);
    if (!log || log.done) {
      return;
    }
    if (event.type === 'reconnect') {
      tell(log, { position: { seq: log.seq, chars: log.text.length }, event });
      log.listeners.clear();
      return;
    }
    log.seq += 1;
    if (event.type === 'delta') {
      log.text += event.text;
    } else if (event.type === 'replace') {
      log.text = event.text;
    }
    const logged = { position: { seq: log.seq, chars: log.text.length }, event };
    if (event.type !== 'delta') {
      log.marks.push(logged);
    }
    tell(log, logged);
    if (event.type === 'done') {
      log.done = true;
      log.listeners.clear();
      setTimeout(() => this.logs.delete(runId), KEPT_MS).unref();
    }
  }

  follow(runId: string, after: Position, listener: EventListener): (() => void) | undefined {
    const log = this.logs.get(runId);
    if (!log) {
      return undefined;
    }
    for (const missed of missedEvents(log, after)) {
      listener(missed);
    }
    if (log.done) {
      return () => undefined;
    }
    log.listeners.add(listener);
    return () => log.listeners.delete(listener);
  }
}

const tell = ({ listeners }: RunLog, logged: LoggedEvent) => {
  for (const listener of listeners) {
    listener(logged);
  }
};

/**
 * What a reader at `given` has not had: its marks in order, the text between them as one delta each.
 * The end is told again even to a reader who has it, or that reader would wait for ever.
 */
function missedEvents(log: RunLog, given: Position): LoggedEvent[] {
  const after = { ...given, seq: given.seq > log.seq ? 0 : given.seq };
  const replaced = log.marks.findLast(
    ({ event, position }) => event.type === 'replace' && position.seq > after.seq,
  );
  // After a replacement the reader's own text counts for nothing.
  let chars = replaced ? replaced.position.chars : Math.min(after.chars, log.text.length);
  const missed: LoggedEvent[] = [];
  if (!replaced && after.chars > log.text.length) {
    // Text that this log never held: shown before a crash, and not stored any more.
    const text = log.text as ReleasedText;
    missed.push({ position: { ...after, chars }, event: { type: 'replace', text } });
  }
  const catchUp = (to: number, seq: number) => {
    if (to > chars) {
      const text = log.text.slice(chars, to) as ReleasedText;
      missed.push({
        position: { seq, chars: to },
        event: { type: 'delta', at: chars, text },
      });
      chars = to;
    }
  };
  for (const mark of log.marks) {
    const beforeReplacement = replaced && mark.position.seq < replaced.position.seq;
    const isNew = mark.position.seq > after.seq || mark.event.type === 'done';
    if (isNew && !(beforeReplacement && mark.event.type === 'replace')) {
      if (!beforeReplacement) {
        catchUp(mark.position.chars, mark.position.seq - 1);
      }
      missed.push(mark);
    }
  }
  catchUp(log.text.length, log.seq);
  return missed;
}
