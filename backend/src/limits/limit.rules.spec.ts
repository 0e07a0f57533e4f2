import { describe, expect, it } from '@jest/globals';
import { limitsFor, type LimitRule } from './limit.rules.js';

const rule = (subject: string, amount: number, change: Partial<LimitRule> = {}): LimitRule => ({
  ...{ subject, amount, measure: 'usd', period: 'day' },
  ...change,
});

const ana = { id: 7, role: 'member' } as const;

describe(limitsFor.name, () => {
  it('should prefer what was set for the person, then for the role, then for everyone', () => {
    const everyone = rule('everyone', 1);
    const members = rule('role:member', 2);
    const own = rule('person:7', 3);
    const others = [rule('person:70', 9), rule('role:admin', 8)];
    const amounts = (rules: LimitRule[]) =>
      limitsFor([...others, ...rules], ana).map(({ amount }) => amount);
    expect(amounts([everyone, members, own])).toEqual([3]);
    expect(amounts([own, members, everyone])).toEqual([3]);
    expect(amounts([everyone, members])).toEqual([2]);
    expect(amounts([everyone])).toEqual([1]);
    expect(amounts([])).toEqual([]);
  });

  it('should let the specific one hold also where it allows more, or nothing', () => {
    for (const amount of [0, 100]) {
      const limits = limitsFor([rule('everyone', 5), rule('person:7', amount)], ana);
      expect(limits).toMatchObject([{ scope: 'own', subject: 'person:7', amount }]);
    }
  });

  it('should decide each measure and each period for itself', () => {
    const monthly = { period: 'month' } as const;
    const tokens = { measure: 'tokens' } as const;
    const rules = [
      rule('everyone', 1),
      rule('role:member', 2, monthly),
      rule('person:7', 3, tokens),
    ];
    expect(limitsFor(rules, ana)).toHaveLength(3);
  });

  it('should hold the team’s limit beside the person’s', () => {
    expect(limitsFor([rule('team', 50), rule('person:7', 3)], ana)).toEqual([
      { scope: 'own', subject: 'person:7', measure: 'usd', period: 'day', amount: 3 },
      { scope: 'team', subject: 'team', measure: 'usd', period: 'day', amount: 50 },
    ]);
  });

  it('should take programs for members', () => {
    const rules = [rule('role:admin', 1), rule('role:member', 2)];
    expect(limitsFor(rules, { id: 2, role: 'service' })).toMatchObject([{ amount: 2 }]);
    expect(limitsFor(rules, { id: 1, role: 'admin' })).toMatchObject([{ amount: 1 }]);
  });
});
