import type { JudgedRailName } from '../policy.js';
import type { ComparedPrompt, Findings } from './comparison.js';
import { counted, NO_PROMPTS, type Tally } from './tally.rules.js';
import { isSameVerdict, type Verdict } from './verdict.rules.js';

/** A prompt that two policies judge differently. */
export interface PromptChange {
  readonly type: 'change';
  /** From 1, in the order of the prompts. */
  readonly n: number;
  readonly prompt: ComparedPrompt;
  readonly current: Verdict;
  readonly draft: Verdict;
}

/** What a comparison of given prompts came to. */
export interface GivenDone {
  readonly type: 'done';
  readonly total: number;
  readonly changes: number;
  readonly current: Tally;
  readonly draft: Tally;
  readonly notRun: readonly JudgedRailName[];
}

/** Changes told one by one; the counts are of all. */
export const MOST_CHANGES = 500;

/** Of prompts that whoever compares has given: everything is told. */
export class GivenPrompts implements Findings<ComparedPrompt, PromptChange | undefined, GivenDone> {
  private total = 0;
  private changes = 0;
  private current = NO_PROMPTS;
  private draft = NO_PROMPTS;

  take(
    n: number,
    prompt: ComparedPrompt,
    current: Verdict,
    draft: Verdict,
  ): PromptChange | undefined {
    this.total = n;
    this.current = counted(this.current, current.action, prompt.expected);
    this.draft = counted(this.draft, draft.action, prompt.expected);
    if (isSameVerdict(current, draft)) return undefined;
    this.changes += 1;
    return this.changes > MOST_CHANGES ? undefined : { type: 'change', n, prompt, current, draft };
  }

  end(notRun: readonly JudgedRailName[]): GivenDone {
    const { total, changes, current, draft } = this;
    return { type: 'done', total, changes, current, draft, notRun };
  }
}
