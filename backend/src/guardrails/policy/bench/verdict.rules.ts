import { RAIL_ACTIONS, type RailAction, type RailStage } from '#db';
import { decide, type Decided } from '../../judged-text.rules.js';
import type { Judged, Policy } from '../policy.js';

/** A policy as far as its local rails go. */
export type LocalPolicy = Pick<Policy, 'local' | 'action' | 'text'>;

/** What the local rails of a policy make of a text. */
export interface Verdict {
  /** The strictest of all findings. */
  readonly action: RailAction;
  /** Those about which something is done, by their start. */
  readonly findings: readonly Decided[];
}

/** Judges a whole text by the local rails. */
export function judge(policy: LocalPolicy, text: string, stage: RailStage, who: Judged): Verdict {
  const findings = decide(policy, policy.local.find(text, stage), stage, who);
  return { action: strictest(findings.map(({ action }) => action)), findings };
}

/** The one that counts of several; `pass` of none. */
export const strictest = (actions: readonly RailAction[]): RailAction =>
  RAIL_ACTIONS[Math.max(0, ...actions.map((action) => RAIL_ACTIONS.indexOf(action)))] ?? 'pass';

/** Whether two verdicts are the same to whoever is judged, and to whoever looks at the events. */
export function isSameVerdict(one: Verdict, other: Verdict): boolean {
  return one.action === other.action && hits(one) === hits(other);
}

const hits = ({ findings }: Verdict): string =>
  [...new Set(findings.map(({ rail, rule, action }) => JSON.stringify([rail, rule, action])))]
    .sort()
    .join();
