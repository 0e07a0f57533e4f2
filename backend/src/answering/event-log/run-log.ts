import type { ReleasedText } from '../../guardrails/guarded.js';
import { GrowingText } from '../../platform/growing-text.js';
import type { AnswerEvent } from '../answer-event.js';
import type { EventListener, LoggedEvent, Position } from './logged-event.js';

/** The events of one run, and those who listen to it. */
export class RunLog {
  /** Everything but deltas, each with the place in the text where it happened. */
  private readonly marks: LoggedEvent[] = [];
  private readonly listeners = new Set<EventListener>();
  private last = 0;
  private ended = false;
  private text: GrowingText;

  /** @param text of all deltas so far: kept once, and cut anew for each reader that resumes. */
  constructor(text: string) {
    this.text = new GrowingText(text);
  }

  /** The number of the last event. */
  get seq(): number {
    return this.last;
  }

  get done(): boolean {
    return this.ended;
  }

  /** Adds an event. @returns it in its place; undefined after the end, when it is dropped. */
  append(event: AnswerEvent): LoggedEvent | undefined {
    if (this.ended) {
      return undefined;
    }
    if (event.type === 'reconnect') {
      return this.sendAway(event);
    }
    const logged = { position: { seq: this.seq + 1, chars: this.charsWith(event) }, event };
    this.take(logged);
    return logged;
  }

  /**
   * Adds an event that another process put in its place.
   * @returns false when text before it is missing here: nothing was added.
   */
  restore(logged: LoggedEvent): boolean {
    const { position, event } = logged;
    if (event.type === 'reconnect') {
      this.sendAway(event);
      return true;
    }
    if (this.charsWith(event) !== position.chars) {
      return false;
    }
    this.take(logged);
    return true;
  }

  /** Tells a reader what it misses, at once, and then everything new. @returns how to stop. */
  follow(after: Position, listener: EventListener): () => void {
    for (const missed of this.missed(after)) {
      listener(missed);
    }
    if (!this.ended) {
      this.listeners.add(listener);
    }
    return () => this.listeners.delete(listener);
  }

  private take(logged: LoggedEvent): void {
    const { position, event } = logged;
    this.last = position.seq;
    if (event.type === 'delta') {
      this.text.add(event.text);
    } else {
      if (event.type === 'replace') this.text = new GrowingText(event.text);
      this.marks.push(logged);
    }
    this.tell(logged);
    if (event.type === 'done') {
      this.ended = true;
      this.listeners.clear();
    }
  }

  /** How long the text is after an event. */
  private charsWith(event: AnswerEvent): number {
    switch (event.type) {
      case 'delta':
        return this.text.length + event.text.length;
      case 'replace':
        return event.text.length;
      default:
        return this.text.length;
    }
  }

  private sendAway(event: AnswerEvent): LoggedEvent {
    const logged = { position: { seq: this.seq, chars: this.text.length }, event };
    this.tell(logged);
    this.listeners.clear();
    return logged;
  }

  private tell(logged: LoggedEvent): void {
    for (const listener of this.listeners) {
      listener(logged);
    }
  }

  /**
   * What a reader at `given` has not had: its marks in order, the text between them as one delta each.
   * The end is told again even to a reader who has it, or that reader would wait for ever.
   */
  private missed(given: Position): LoggedEvent[] {
    const after = { ...given, seq: given.seq > this.seq ? 0 : given.seq };
    const whole = this.text.toString() as ReleasedText;
    const replaced = this.marks.findLast(
      ({ event, position }) => event.type === 'replace' && position.seq > after.seq,
    );
    // After a replacement the reader's own text counts for nothing.
    let chars = replaced ? replaced.position.chars : Math.min(after.chars, whole.length);
    const missed: LoggedEvent[] = [];
    if (!replaced && after.chars > whole.length) {
      // Text that this log never held: shown before a crash, and not stored any more.
      missed.push({ position: { ...after, chars }, event: { type: 'replace', text: whole } });
    }
    const catchUp = (to: number, seq: number) => {
      if (to > chars) {
        const text = whole.slice(chars, to) as ReleasedText;
        missed.push({
          position: { seq, chars: to },
          event: { type: 'delta', at: chars, text },
        });
        chars = to;
      }
    };
    for (const mark of this.marks) {
      const beforeReplacement = replaced && mark.position.seq < replaced.position.seq;
      const isNew = mark.position.seq > after.seq || mark.event.type === 'done';
      if (isNew && !(beforeReplacement && mark.event.type === 'replace')) {
        if (!beforeReplacement) {
          catchUp(mark.position.chars, mark.position.seq - 1);
        }
        missed.push(mark);
      }
    }
    catchUp(whole.length, this.seq);
    return missed;
  }
}
