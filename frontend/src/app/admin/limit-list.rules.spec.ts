import { aLimit } from '../../testing/samples';
import { isSameLimit, toGroups, withLimit } from './limit-list.rules';

describe(toGroups.name, () => {
  it('should go from the team to single people, and leave out what is empty', () => {
    const limits = [
      aLimit({ id: 1, scope: 'person', userId: 9, username: 'zeca' }),
      aLimit({ id: 2, scope: 'person', userId: 8, username: 'ana', measure: 'usd' }),
      aLimit({ id: 3, scope: 'person', userId: 8, username: 'ana', period: 'month' }),
      aLimit({ id: 4, scope: 'person', userId: 8, username: 'ana' }),
      aLimit({ id: 5, scope: 'team' }),
    ];
    const groups = toGroups(limits).map(({ scope, limits: ones }) => [
      scope,
      ones.map((l) => l.id),
    ]);
    expect(groups).toEqual([
      ['team', [5]],
      ['person', [4, 3, 2, 1]],
    ]);
  });
});

describe(withLimit.name, () => {
  it('should put a limit in the place of the one for the same people, measure and period', () => {
    const old = aLimit({ id: 1, amount: 200 });
    const other = aLimit({ id: 2, period: 'month' });
    const taken = aLimit({ id: 3, amount: 50 });
    expect(withLimit([old, other], taken)).toEqual([other, taken]);
  });
});

describe(isSameLimit.name, () => {
  it.each([
    [{ scope: 'team' }],
    [{ measure: 'tokens' }],
    [{ period: 'month' }],
    [{ scope: 'role', role: 'member' }],
  ] as const)('should tell a limit from one with %j', (change) => {
    expect(isSameLimit(aLimit(), aLimit({ amount: 1 }))).toBe(true);
    expect(isSameLimit(aLimit(), aLimit(change))).toBe(false);
  });

  it('should tell people and roles apart', () => {
    const of = (userId: number) => aLimit({ scope: 'person', userId });
    expect(isSameLimit(of(1), of(2))).toBe(false);
    const role = (name: 'administrator' | 'member') => aLimit({ scope: 'role', role: name });
    expect(isSameLimit(role('member'), role('administrator'))).toBe(false);
  });
});
