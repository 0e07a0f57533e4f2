import type { RailAction } from '#db';
import { COUNTED } from './tally.rules.js';
import { isSameVerdict, strictest, type Verdict } from './verdict.rules.js';

/** Of fewer people no count is told: it could tell what one of them wrote. */
export const FEWEST_PEOPLE = 5;

/** Counts are told in whole steps: one prompt more seldom shows when two drafts are compared. */
const STEP = 5;

/** Rules told of, those that concern most prompts first. */
const MOST_RULES = 100;

/** How many prompts, rounded down to fives; null: they are of fewer than five people, or of nobody. */
export type RoundedCount = number | null;

/** What becomes of prompts under one policy. What passes is left out: it would give the rest away. */
export interface ReplayTally {
  readonly blocked: RoundedCount;
  readonly masked: RoundedCount;
  readonly flagged: RoundedCount;
  readonly answered: RoundedCount;
}

/** What a rule does about prompts under either policy; null: nothing. */
export interface RuleChange {
  readonly rail: string;
  readonly rule: string;
  readonly current: RailAction | null;
  readonly draft: RailAction | null;
  /** As `RoundedCount`; rules of fewer people are left out. */
  readonly prompts: number;
}

/** What a replay may tell. */
export interface ReplayResult {
  /** All prompts that were judged: it does not depend on any policy. */
  readonly total: number;
  readonly changes: RoundedCount;
  readonly current: ReplayTally;
  readonly draft: ReplayTally;
  readonly rules: readonly RuleChange[];
}

interface Bucket {
  prompts: number;
  readonly people: Set<number>;
}

type Change = Pick<RuleChange, 'rail' | 'rule' | 'current' | 'draft'>;

/**
 * Counts what two policies make of people's own prompts, and tells only what concerns so many people
 * that nothing follows for one of them.
 */
export class ReplayCounts {
  private total = 0;
  private readonly buckets = new Map<string, Bucket>();
  private readonly rules = new Map<string, Change>();

  /** One more prompt. */
  take(personId: number, current: Verdict, draft: Verdict): void {
    this.total += 1;
    this.count(`current ${COUNTED[current.action]}`, personId);
    this.count(`draft ${COUNTED[draft.action]}`, personId);
    if (isSameVerdict(current, draft)) return;
    this.count('changes', personId);
    for (const change of changesOf(current, draft)) {
      const key = JSON.stringify(change);
      this.rules.set(key, change);
      this.count(key, personId);
    }
  }

  /** What may be told of all of them. */
  result(): ReplayResult {
    return {
      total: this.total,
      changes: this.rounded('changes'),
      current: this.tally('current'),
      draft: this.tally('draft'),
      rules: this.changedRules(),
    };
  }

  private changedRules(): RuleChange[] {
    const told = [...this.rules].flatMap(([key, change]) => {
      const prompts = this.rounded(key);
      return prompts === null ? [] : [{ ...change, prompts }];
    });
    return told.sort((one, other) => other.prompts - one.prompts).slice(0, MOST_RULES);
  }

  private tally(side: 'current' | 'draft'): ReplayTally {
    const of = (what: keyof ReplayTally) => this.rounded(`${side} ${what}`);
    return {
      blocked: of('blocked'),
      masked: of('masked'),
      flagged: of('flagged'),
      answered: of('answered'),
    };
  }

  private count(key: string, personId: number): void {
    const bucket = this.buckets.get(key) ?? { prompts: 0, people: new Set() };
    this.buckets.set(key, bucket);
    bucket.prompts += 1;
    bucket.people.add(personId);
  }

  private rounded(key: string): RoundedCount {
    const bucket = this.buckets.get(key);
    if (!bucket || bucket.people.size < FEWEST_PEOPLE) return null;
    return Math.floor(bucket.prompts / STEP) * STEP;
  }
}

/** The rules that do something else about the prompt, each once. */
function changesOf(current: Verdict, draft: Verdict): Change[] {
  const [before, after] = [actionsOf(current), actionsOf(draft)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [then, now] = [before.get(key) ?? null, after.get(key) ?? null];
    if (then === now) return [];
    const [rail, rule] = JSON.parse(key) as [string, string];
    return [{ rail, rule, current: then, draft: now }];
  });
}

/** What each rule does, the strictest where it does several things. */
function actionsOf({ findings }: Verdict): Map<string, RailAction> {
  const actions = new Map<string, RailAction>();
  for (const { rail, rule, action } of findings) {
    const key = JSON.stringify([rail, rule]);
    actions.set(key, strictest([actions.get(key) ?? 'pass', action]));
  }
  return actions;
}
