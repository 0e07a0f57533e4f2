import type { RailStage } from '#db';
import type { RailHit } from '../judged-text.rules.js';
import type { JudgedEvent } from './judged-rails.js';

/** Verdicts as they are kept and counted: each rail and rule once. */
export function judgedHits(
  policyId: number,
  stage: RailStage,
  events: readonly JudgedEvent[],
): RailHit[] {
  const hits = new Map<string, RailHit>();
  for (const event of events) {
    const { rail, rule, action, outcome, durationMs } = event;
    const key = `${rail} ${rule} ${action} ${outcome}`;
    const { hits: before, durationMs: took = 0 } = hits.get(key) ?? { hits: 0 };
    hits.set(key, {
      ...{ policyId, stage, rail, rule, action, outcome },
      hits: before + 1,
      durationMs: took + durationMs,
    });
  }
  return [...hits.values()];
}
