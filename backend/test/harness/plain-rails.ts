import type { RailAction, RailStage } from '#db';
import type { Policy, PolicyInForce } from '../../src/guardrails/policy/policy.js';
import {
  type Finding,
  type FindingStream,
  type LocalRailName,
  type LocalRails,
  LOCAL_RAILS,
} from '../../src/guardrails/rails/local-rails.js';

/** One rule: what it finds, and what is done about it at each stage. */
export interface PlainRule {
  readonly rail: LocalRailName;
  readonly rule: string;
  readonly kind?: string;
  /** Matches at most {@link LONGEST} units, and looks no further. */
  readonly pattern: RegExp;
  readonly actions: Partial<Record<RailStage, RailAction>>;
  readonly text?: string;
}

/** Longest match of a rule, and what a stream of them holds back. */
export const LONGEST = 32;

/** Rails of a few patterns, for tests of what is done about findings. */
export function plainRails(rules: readonly PlainRule[]): LocalRails {
  const find = (text: string, stage: RailStage): Finding[] =>
    rules
      .filter(({ actions }) => actions[stage] !== undefined)
      .flatMap(({ rail, rule, kind, pattern }) =>
        [...text.matchAll(pattern)].map(({ index: start, 0: found }) => ({
          ...{ rail, rule, start, end: start + found.length },
          ...(kind === undefined ? {} : { kind }),
        })),
      )
      .sort((a, b) => a.start - b.start);
  return {
    counts: Object.fromEntries(
      LOCAL_RAILS.map((rail) => [rail, rules.filter((rule) => rule.rail === rail).length]),
    ) as Record<LocalRailName, number>,
    find,
    *steps(text, stage) {
      yield;
      return find(text, stage);
    },
    stream: (stage) => plainStream((text) => find(text, stage), rules.length === 0 ? 0 : LONGEST),
  };
}

function plainStream(find: (text: string) => readonly Finding[], heldBack: number): FindingStream {
  let text = '';
  let told = 0;
  const upTo = (settled: number) => {
    const sure = find(text).filter(({ start }) => start < settled);
    const findings = sure.slice(told);
    told = sure.length;
    return { findings, settled };
  };
  return {
    push(more) {
      text += more;
      return upTo(Math.max(0, text.length - heldBack));
    },
    end: () => upTo(text.length),
    cutOff: () => [],
  };
}

/** A policy of such rails. */
export const plainPolicy = (id: number, rules: readonly PlainRule[]): Policy => ({
  id,
  local: plainRails(rules),
  action: (found, stage) =>
    rules.find(({ rail, rule }) => rail === found.rail && rule === found.rule)?.actions[stage] ??
    'pass',
  text: (rail, rule) => rules.find((one) => one.rail === rail && one.rule === rule)?.text,
  judged: () => [],
});

/** The same in force. */
export const inForce = (...rules: readonly PlainRule[]): PolicyInForce => ({
  current: plainPolicy(1, rules),
});

/** Who is judged where nobody in particular is. */
export const ANYBODY = { role: 'member', door: 'web', language: 'pt-BR' } as const;
