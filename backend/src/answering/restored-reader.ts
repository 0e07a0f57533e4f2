import { type ReleasedText } from '../guardrails/guarded.js';
import type { ValuesByPlaceholder } from '../guardrails/masking/masks.repository.js';
import { placeholdersIn } from '../guardrails/masking/placeholder.rules.js';
import { Restoration, restored } from '../guardrails/masking/restore.rules.js';
import type { AnswerEvent, AnswerSource } from './answer-event.js';
import type { EventListener, LoggedEvent, Position } from './event-log/logged-event.js';
import { atPosition } from './resume.rules.js';

/** Reads what the placeholders of a conversation stand for. */
export type LoadValues = () => Promise<ValuesByPlaceholder>;

/**
 * Stands between the events of a run and one reader, and puts back what placeholders stand for.
 * Nothing is read before there is one; while it is, what follows waits, so that order is kept.
 * Positions keep counting stored text.
 */
export class RestoredReader {
  private values: ValuesByPlaceholder = new Map();
  /** Asked for, and not of this conversation. */
  private readonly unknown = new Set<string>();
  private body = new Restoration();
  private waiting: LoggedEvent[] | undefined;
  private left = false;

  constructor(
    private readonly load: LoadValues,
    private readonly listener: EventListener,
  ) {}

  /** Follows from a position on. @returns how to stop. */
  follow(
    follow: (after: Position, listener: EventListener) => () => void,
    after: Position,
  ): () => void {
    const stop = after.chars === 0 ? follow(after, this.take) : this.resume(follow, after);
    return () => {
      this.left = true;
      stop();
    };
  }

  /** What a reader has was restored by another one: it is looked at again, and told only where it differs. */
  private resume(
    follow: (after: Position, listener: EventListener) => () => void,
    after: Position,
  ): () => void {
    let missed: LoggedEvent[] | undefined = [];
    const stop = follow({ seq: after.seq, chars: 0 }, (logged) => {
      if (missed) missed.push(logged);
      else this.take(logged);
    });
    const { prefix, events } = atPosition(missed, after);
    missed = undefined;
    this.body.add(prefix, () => undefined);
    for (const event of events) this.take(event);
    return stop;
  }

  private readonly take = (logged: LoggedEvent): void => {
    if (this.waiting) {
      this.waiting.push(logged);
    } else if (this.knows(logged.event)) {
      this.tell(logged);
    } else {
      this.waiting = [logged];
      void this.learn();
    }
  };

  private knows(event: AnswerEvent): boolean {
    const texts = textsOf(event);
    if (texts === NONE) return true; // Nearly every word.
    return texts.every((text) =>
      placeholdersIn(text).every((name) => this.values.has(name) || this.unknown.has(name)),
    );
  }

  private async learn(): Promise<void> {
    // Out of reach: placeholders are shown as they are.
    this.values = await this.load().catch(() => this.values);
    const { waiting = [] } = this;
    this.waiting = undefined;
    const names = waiting.flatMap(({ event }) => textsOf(event).flatMap(placeholdersIn));
    for (const name of names) if (!this.values.has(name)) this.unknown.add(name);
    for (const logged of waiting) this.tell(logged);
  }

  private tell(logged: LoggedEvent): void {
    if (this.left) return;
    const { position, event } = logged;
    const shown = this.restored(event);
    this.listener(shown === event ? logged : { position, event: shown });
  }

  private restored(event: AnswerEvent): AnswerEvent {
    switch (event.type) {
      case 'delta': {
        const at = this.body.placeOf(event.at);
        const text = this.body.add(event.text, this.valueOf) as ReleasedText;
        return at === event.at && text === event.text ? event : { ...event, at, text };
      }
      case 'replace':
        this.body = new Restoration();
        return { ...event, text: this.body.add(event.text, this.valueOf) as ReleasedText };
      case 'sources':
        return { ...event, sources: event.sources.map((source) => this.restoredSource(source)) };
      case 'title':
        return { ...event, title: restored(event.title, this.valueOf).text };
      case 'citations':
        return {
          ...event,
          checks: event.checks.map((check) => {
            const at = this.body.placeOf(check.at);
            return { ...check, at, length: this.body.placeOf(check.at + check.length) - at };
          }),
        };
      default:
        return event;
    }
  }

  private restoredSource(source: AnswerSource): AnswerSource {
    const whole = (text: string) => restored(text, this.valueOf).text;
    return { ...source, title: whole(source.title), quote: whole(source.quote) };
  }

  private readonly valueOf = (name: string): string | undefined => this.values.get(name);
}

/** What of an event may hold placeholders. */
function textsOf(event: AnswerEvent): readonly string[] {
  switch (event.type) {
    case 'delta':
    case 'replace':
      return event.text.includes('[') ? [event.text] : NONE;
    case 'title':
      return [event.title];
    case 'sources':
      return event.sources.flatMap(({ title, quote }) => [title, quote]);
    default:
      return NONE;
  }
}

const NONE: readonly string[] = [];
