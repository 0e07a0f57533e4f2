import type { RailAction } from '#db';
import type { Progress } from './comparison.js';
import type { GivenDone, PromptChange } from './given-prompts.js';
import { FEWEST_PEOPLE, type ReplayResult } from './replay-counts.rules.js';
import type { ReplayDone } from './replayed-prompts.js';
import type { Expected, Tally } from './tally.rules.js';
import type { Verdict } from './verdict.rules.js';

/** What a comparison tells while it goes on. */
export type ComparisonEvent = Progress | PromptChange | GivenDone | ReplayDone;

/** What a policy does about a prompt, as the API tells it. */
export interface VerdictView {
  readonly action: RailAction;
  readonly findings: readonly {
    readonly rail: string;
    readonly rule: string;
    readonly action: RailAction;
    readonly start: number;
    readonly end: number;
  }[];
}

/** The events of a comparison, as they go over the wire. */
export type ComparisonView =
  | { readonly event: 'progress'; readonly data: { readonly done: number; readonly total: number } }
  | {
      readonly event: 'change';
      readonly data: {
        readonly n: number;
        readonly text: string;
        readonly expected: Expected | null;
        readonly current: VerdictView;
        readonly draft: VerdictView;
      };
    }
  | {
      readonly event: 'done';
      readonly data: {
        readonly total: number;
        readonly changes: number;
        readonly replayed: false;
        readonly notRun: readonly string[];
        readonly current: Tally;
        readonly draft: Tally;
      };
    }
  | {
      readonly event: 'done';
      readonly data: ReplayResult & {
        readonly replayed: true;
        readonly fewestPeople: number;
        readonly notRun: readonly string[];
      };
    };

/** An event as the API tells it. */
export function toComparisonView(event: ComparisonEvent): ComparisonView {
  switch (event.type) {
    case 'progress':
      return { event: 'progress', data: { done: event.done, total: event.total } };
    case 'change': {
      const { n, prompt, current, draft } = event;
      const { text, expected } = prompt;
      const verdicts = { current: toVerdict(current), draft: toVerdict(draft) };
      return { event: 'change', data: { n, text, expected, ...verdicts } };
    }
    case 'done': {
      const { total, changes, notRun, current, draft } = event;
      return { event: 'done', data: { total, changes, replayed: false, notRun, current, draft } };
    }
    case 'replayed': {
      const { total, changes, notRun, current, draft, rules } = event;
      const told = { total, changes, notRun, current, draft, rules };
      return { event: 'done', data: { ...told, replayed: true, fewestPeople: FEWEST_PEOPLE } };
    }
  }
}

const toVerdict = ({ action, findings }: Verdict): VerdictView => ({
  action,
  findings: findings.map(({ rail, rule, start, end, action: done }) => ({
    ...{ rail, rule, action: done, start, end },
  })),
});
