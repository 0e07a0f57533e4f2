import type { RailAction } from '#db';
import type { ComparisonEvent } from './comparison.js';
import type { Expected, Tally } from './tally.rules.js';
import type { Verdict } from './verdict.rules.js';

/** What a policy does about a prompt, as the API tells it. */
export interface VerdictView {
  readonly action: RailAction;
  /** Without `start` and `end` where the text is not told. */
  readonly findings: readonly {
    readonly rail: string;
    readonly rule: string;
    readonly action: RailAction;
    readonly start?: number;
    readonly end?: number;
  }[];
}

/** The events of a comparison, as they go over the wire. */
export type ComparisonView =
  | { readonly event: 'progress'; readonly data: { readonly done: number; readonly total: number } }
  | {
      readonly event: 'change';
      readonly data: {
        readonly n: number;
        readonly text: string | null;
        readonly expected: Expected | null;
        readonly current: VerdictView;
        readonly draft: VerdictView;
        readonly at?: string;
        readonly door?: string;
      };
    }
  | {
      readonly event: 'done';
      readonly data: {
        readonly total: number;
        readonly changes: number;
        readonly replayed: boolean;
        readonly notRun: readonly string[];
        readonly current: Tally;
        readonly draft: Tally;
      };
    };

/** What an administrator may see of an event: of what others asked, when, and by which door. */
export function toComparisonView(event: ComparisonEvent, replayed: boolean): ComparisonView {
  switch (event.type) {
    case 'progress':
      return { event: 'progress', data: { done: event.done, total: event.total } };
    case 'change': {
      const { at, text, expected, who } = event.prompt;
      const verdicts = {
        current: toVerdict(event.current, !replayed),
        draft: toVerdict(event.draft, !replayed),
      };
      const shown = replayed
        ? { text: null, ...(at ? { at: at.toISOString() } : {}), door: who.door }
        : { text };
      return { event: 'change', data: { n: event.n, expected, ...shown, ...verdicts } };
    }
    case 'done': {
      const { total, changes, notRun, current, draft } = event;
      return { event: 'done', data: { total, changes, replayed, notRun, current, draft } };
    }
  }
}

const toVerdict = ({ action, findings }: Verdict, withPlaces: boolean): VerdictView => ({
  action,
  findings: findings.map(({ rail, rule, start, end, action: done }) => ({
    ...{ rail, rule, action: done },
    ...(withPlaces ? { start, end } : {}),
  })),
});
