import type { ReleasedText } from '../guardrails/guarded.js';
import { holdsPlaceholder } from '../guardrails/masking/placeholder.rules.js';
import type { LoggedEvent, Position } from './event-log/logged-event.js';

/** What a reader is told that has some of the text already. */
interface Resumed {
  /** What it has, where that needs no restoring. */
  readonly prefix: string;
  readonly events: readonly LoggedEvent[];
}

/**
 * What a reader at a position is told, of events that tell the text from its beginning. A text with
 * placeholders is told anew: where it was cut for the reader, and by whom, is not known. So is one
 * that is shorter than what the reader has.
 */
export function atPosition(events: readonly LoggedEvent[], after: Position): Resumed {
  const text = textAfter(events);
  const prefix = text.slice(0, after.chars);
  if (text.length < after.chars || holdsPlaceholder(prefix)) {
    const event = { type: 'replace', text: text as ReleasedText } as const;
    const replaced = { position: { seq: after.seq, chars: text.length }, event };
    const others = events.filter(({ event: { type } }) => type !== 'delta' && type !== 'replace');
    return { prefix: '', events: [replaced, ...others.map((one) => at(one, text.length))] };
  }
  return { prefix, events: events.flatMap((one) => cut(one, after.chars)) };
}

const at = ({ position, event }: LoggedEvent, chars: number): LoggedEvent => ({
  position: { ...position, chars },
  event,
});

function cut(logged: LoggedEvent, chars: number): LoggedEvent[] {
  const { position, event } = logged;
  if (event.type !== 'delta') return [at(logged, Math.max(position.chars, chars))];
  if (position.chars <= chars) return [];
  const from = Math.max(event.at, chars);
  const text = event.text.slice(from - event.at) as ReleasedText;
  return [{ position, event: { ...event, at: from, text } }];
}

function textAfter(events: readonly LoggedEvent[]): string {
  let text = '';
  for (const { event } of events) {
    if (event.type === 'delta') text += event.text;
    else if (event.type === 'replace') ({ text } = event);
  }
  return text;
}
