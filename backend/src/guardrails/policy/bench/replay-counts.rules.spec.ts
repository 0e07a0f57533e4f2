import { describe, expect, it } from '@jest/globals';
import type { RailAction } from '#db';
import { FEWEST_PEOPLE, ReplayCounts, type ReplayResult } from './replay-counts.rules.js';
import type { Verdict } from './verdict.rules.js';

const PASSED: Verdict = { action: 'pass', findings: [] };
const found = (action: RailAction, rule = 'fruits'): Verdict => ({
  action,
  findings: [{ rail: 'blocked-terms', rule, start: 0, end: 1, action }],
});

/** A prompt of a person, by what either policy makes of it. */
type Judged = readonly [person: number, current: Verdict, draft: Verdict];

function counted(prompts: readonly Judged[]): ReplayResult {
  const counts = new ReplayCounts();
  for (const prompt of prompts) counts.take(...prompt);
  return counts.result();
}

const ofPeople = (many: number, current: Verdict, draft: Verdict): Judged[] =>
  Array.from({ length: many }, (_, person) => [person, current, draft]);

describe(ReplayCounts.name, () => {
  it('should look alike whether one person wrote something or nobody did', () => {
    const others = ofPeople(20, PASSED, PASSED);
    const without = counted([...others, [99, PASSED, PASSED]]);
    expect(counted([...others, [99, PASSED, found('block')]])).toEqual(without);
    expect(counted([...others, [99, found('mask'), found('block')]])).toEqual(without);
  });

  it('should count people, not prompts', () => {
    const often = Array.from({ length: 100 }, (): Judged => [1, PASSED, found('block')]);
    const fewer = ofPeople(FEWEST_PEOPLE - 1, PASSED, found('block'));
    expect(counted([...often, ...fewer])).toMatchObject({ changes: null, rules: [] });
  });

  it('should round down to fives, so that one prompt more seldom shows', () => {
    expect(counted(ofPeople(9, PASSED, found('block'))).draft.blocked).toBe(5);
    expect(counted(ofPeople(10, PASSED, found('block'))).draft.blocked).toBe(10);
  });

  it('should never tell how many pass: the rest would follow', () => {
    const { current } = counted(ofPeople(10, PASSED, found('block')));
    expect(current).toEqual({ blocked: null, masked: null, flagged: null, answered: null });
  });

  it('should tell which rule would do what, those of most prompts first', () => {
    const { rules } = counted([
      ...ofPeople(5, found('block', 'old'), PASSED),
      ...ofPeople(10, found('flag'), found('block')),
      ...ofPeople(4, PASSED, found('mask', 'rare')),
    ]);
    expect(rules).toEqual([
      { rail: 'blocked-terms', rule: 'fruits', current: 'flag', draft: 'block', prompts: 10 },
      { rail: 'blocked-terms', rule: 'old', current: 'block', draft: null, prompts: 5 },
    ]);
  });
});
