import type { ReleasedText } from '../../guardrails/guarded.js';
import type { LoggedEvent } from './logged-event.js';

/**
 * Joins neighbouring deltas: what is ready at once is sent at once. The joined event stands where
 * the last of them stood.
 */
export function coalesce(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
  if (events.length < 2) return events;
  const joined: LoggedEvent[] = [];
  for (const logged of events) {
    const last = joined.at(-1);
    if (last?.event.type === 'delta' && logged.event.type === 'delta') {
      const text = (last.event.text + logged.event.text) as ReleasedText;
      joined[joined.length - 1] = { position: logged.position, event: { ...last.event, text } };
    } else {
      joined.push(logged);
    }
  }
  return joined;
}
