import { setImmediate as turn } from 'node:timers/promises';
import type { Judged, JudgedRailName, Policy } from '../policy.js';
import { railsThatAsk } from '../unusable-rails.rules.js';
import { counted, type Expected, NO_PROMPTS, type Tally } from './tally.rules.js';
import { isSameVerdict, judge, type LocalPolicy, type Verdict } from './verdict.rules.js';

/** A prompt that two policies are compared by. */
export interface ComparedPrompt {
  readonly text: string;
  readonly expected: Expected | null;
  readonly who: Judged;
  /** Of stored traffic: when it was asked. Its text is other people's and goes nowhere. */
  readonly at: Date | null;
}

/** What a comparison tells while it goes on. */
export type ComparisonEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | {
      readonly type: 'change';
      /** From 1, in the order of the prompts. */
      readonly n: number;
      readonly prompt: ComparedPrompt;
      readonly current: Verdict;
      readonly draft: Verdict;
    }
  | {
      readonly type: 'done';
      readonly total: number;
      readonly changes: number;
      /** Rails of either policy that ask a model or a service: nobody was asked. */
      readonly notRun: readonly JudgedRailName[];
      readonly current: Tally;
      readonly draft: Tally;
    };

/** A policy, judged by its local rails alone. */
type ComparedPolicy = LocalPolicy & Pick<Policy, 'judged'>;

/** Changes told one by one; the counts are of all. */
export const MOST_CHANGES = 500;

/** Work done before others have their turn, in milliseconds. */
const SLICE_MS = 8;
const PROGRESS_MS = 250;

/**
 * Judges every prompt by both policies and tells what would change. Others have their turn every few
 * milliseconds.
 * @param prompts in batches, as they are read.
 * @throws the signal's reason once it is aborted.
 */
export async function* comparePolicies(
  current: ComparedPolicy,
  draft: ComparedPolicy,
  prompts: AsyncIterable<readonly ComparedPrompt[]> | Iterable<readonly ComparedPrompt[]>,
  total: number,
  signal: AbortSignal,
): AsyncGenerator<ComparisonEvent> {
  let [done, changes, before, after] = [0, 0, NO_PROMPTS, NO_PROMPTS];
  let sliceFrom = performance.now();
  let toldAt = sliceFrom;
  yield { type: 'progress', done, total };
  for await (const batch of prompts) {
    for (const prompt of batch) {
      signal.throwIfAborted();
      const now = judge(current, prompt.text, 'input', prompt.who);
      const then = judge(draft, prompt.text, 'input', prompt.who);
      before = counted(before, now.action, prompt.expected);
      after = counted(after, then.action, prompt.expected);
      done += 1;
      if (!isSameVerdict(now, then)) {
        changes += 1;
        if (changes <= MOST_CHANGES) {
          yield { type: 'change', n: done, prompt, current: now, draft: then };
        }
      }
      if (performance.now() - sliceFrom < SLICE_MS) continue;
      if (performance.now() - toldAt > PROGRESS_MS) {
        yield { type: 'progress', done, total: Math.max(done, total) };
        toldAt = performance.now();
      }
      await turn();
      sliceFrom = performance.now();
    }
  }
  const notRun = [...new Set([current, draft].flatMap(railsThatAsk))];
  yield { type: 'done', total: done, changes, notRun, current: before, draft: after };
}
