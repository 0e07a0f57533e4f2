import { setImmediate as turn } from 'node:timers/promises';
import type { Judged, JudgedRailName, Policy } from '../policy.js';
import { railsThatAsk } from '../unusable-rails.rules.js';
import type { Expected } from './tally.rules.js';
import { judge, type LocalPolicy, type Verdict } from './verdict.rules.js';

/** A prompt that two policies are compared by. */
export interface ComparedPrompt {
  readonly text: string;
  readonly expected: Expected | null;
  readonly who: Judged;
}

/** A policy, judged by its local rails alone. */
type ComparedPolicy = LocalPolicy & Pick<Policy, 'judged'>;

/** The policy in force and the one that may be. */
export interface ComparedPolicies {
  readonly current: ComparedPolicy;
  readonly draft: ComparedPolicy;
}

/** What is made of the verdicts, told while they are found. */
export interface Findings<Prompt, Event, Done> {
  /** One more prompt, from 1 in their order. @returns what is told of it at once. */
  take(n: number, prompt: Prompt, current: Verdict, draft: Verdict): Event;
  /**
   * All that is told at the end.
   * @param notRun rails of either policy that ask a model or a service: nobody was asked.
   */
  end(notRun: readonly JudgedRailName[]): Done;
}

/** How far a comparison has come. */
export interface Progress {
  readonly type: 'progress';
  readonly done: number;
  readonly total: number;
}

/** Work done before others have their turn, in milliseconds. */
const SLICE_MS = 8;
const PROGRESS_MS = 250;

/**
 * Judges every prompt by both policies. Others have their turn every few milliseconds.
 * @param prompts in batches, as they are read.
 * @throws the signal's reason once it is aborted.
 */
export async function* comparePolicies<Prompt extends ComparedPrompt, Event, Done>(
  { current, draft }: ComparedPolicies,
  prompts: AsyncIterable<readonly Prompt[]> | Iterable<readonly Prompt[]>,
  total: number,
  findings: Findings<Prompt, Event, Done>,
  signal: AbortSignal,
): AsyncGenerator<NonNullable<Event> | Done | Progress> {
  let done = 0;
  let sliceFrom = performance.now();
  let toldAt = sliceFrom;
  yield { type: 'progress', done, total };
  for await (const batch of prompts) {
    for (const prompt of batch) {
      signal.throwIfAborted();
      const now = judge(current, prompt.text, 'input', prompt.who);
      const then = judge(draft, prompt.text, 'input', prompt.who);
      done += 1;
      const told = findings.take(done, prompt, now, then);
      if (told) yield told;
      if (performance.now() - sliceFrom < SLICE_MS) continue;
      if (performance.now() - toldAt > PROGRESS_MS) {
        yield { type: 'progress', done, total: Math.max(done, total) };
        toldAt = performance.now();
      }
      await turn();
      sliceFrom = performance.now();
    }
  }
  yield findings.end([...new Set([current, draft].flatMap(railsThatAsk))]);
}
