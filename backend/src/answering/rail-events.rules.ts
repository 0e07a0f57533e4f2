import { isTold, type RailTold } from '../guardrails/events/rail-message.js';
import type { AnswerEvent } from './answer-event.js';

/** What readers are told of what rails did: each rail and action once. */
export function railEvents(hits: readonly RailTold[]): AnswerEvent[] {
  const told = new Map<string, AnswerEvent>();
  for (const { stage, rail, action } of hits) {
    if (!isTold({ action })) continue;
    told.set(`${stage} ${rail} ${action}`, { type: 'rail', stage, rail, action });
  }
  return [...told.values()];
}
