import type { JudgedRailName } from '../policy.js';
import type { ComparedPrompt, Findings } from './comparison.js';
import { ReplayCounts, type ReplayResult } from './replay-counts.rules.js';
import type { Verdict } from './verdict.rules.js';

/** A prompt that somebody has asked. */
export interface AskedPrompt extends ComparedPrompt {
  readonly personId: number;
}

/** What a replay came to. */
export interface ReplayDone extends ReplayResult {
  readonly type: 'replayed';
  readonly notRun: readonly JudgedRailName[];
}

/** Of prompts that people have asked: nothing is told of a single one. */
export class ReplayedPrompts implements Findings<AskedPrompt, undefined, ReplayDone> {
  private readonly counts = new ReplayCounts();

  take(_: number, { personId }: AskedPrompt, current: Verdict, draft: Verdict): undefined {
    this.counts.take(personId, current, draft);
  }

  end(notRun: readonly JudgedRailName[]): ReplayDone {
    return { type: 'replayed', notRun, ...this.counts.result() };
  }
}
