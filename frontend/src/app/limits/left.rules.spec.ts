import { aLimitLeft } from '../../testing/samples';
import { amountsOf, askAfterAnswer, askByItself, mostPressing } from './left.rules';

const NOW = Date.UTC(2026, 10, 21, 15);
const MINUTE = 60_000;
const far = aLimitLeft({ left: 190 });
const near = aLimitLeft({ left: 3, near: true });

describe(mostPressing.name, () => {
  it('should be quiet while every limit is far away', () => {
    expect(mostPressing([far])).toBeNull();
  });

  it('should speak of the one of which least is left, its own or the team’s', () => {
    const team = aLimitLeft({ scope: 'team', measure: 'usd', amount: 50, left: 0.2, near: true });
    expect(mostPressing([far, near, team])).toBe(team);
    expect(mostPressing([team, near, far])).toBe(team);
  });

  it('should not speak of answers at one time: they are on the screen', () => {
    const open = aLimitLeft({ measure: 'openRuns', period: null, amount: 1, left: 0, near: true });
    expect(mostPressing([open])).toBeNull();
  });

  it('should take a limit of nothing for one that is used up', () => {
    const nothing = aLimitLeft({ amount: 0, left: 0, near: true });
    expect(mostPressing([near, nothing])).toBe(nothing);
  });
});

describe(askAfterAnswer.name, () => {
  const at = NOW - MINUTE;

  it('should ask where something is limited: nobody here knows what the answer used', () => {
    expect(askAfterAnswer({ limits: [far], at }, NOW)).toBe(true);
    expect(askAfterAnswer({ limits: [near], at }, NOW)).toBe(true);
  });

  it('should not ask where there is no limit but on answers at one time', () => {
    expect(askAfterAnswer({ limits: [], at }, NOW)).toBe(false);
    const open = aLimitLeft({ measure: 'openRuns', period: null });
    expect(askAfterAnswer({ limits: [open], at }, NOW)).toBe(false);
  });

  it('should ask where it is not known, or was known long ago', () => {
    expect(askAfterAnswer(null, NOW)).toBe(true);
    expect(askAfterAnswer({ limits: [], at: NOW - 5 * MINUTE }, NOW)).toBe(true);
  });
});

describe(askByItself.name, () => {
  it('should ask again when a near limit has been renewed', () => {
    const resetsAt = new Date(NOW).toISOString();
    const heard = { limits: [{ ...near, resetsAt }], at: NOW - MINUTE };
    expect(askByItself(heard, NOW - 1)).toBe(false);
    expect(askByItself(heard, NOW)).toBe(true);
  });

  it('should look at a near limit every two minutes, at a minute’s sooner, at others never', () => {
    const minute = { ...near, period: 'minute', resetsAt: null } as const;
    expect(askByItself({ limits: [near], at: NOW - 2 * MINUTE }, NOW)).toBe(true);
    expect(askByItself({ limits: [near], at: NOW - MINUTE }, NOW)).toBe(false);
    expect(askByItself({ limits: [minute], at: NOW - 20_000 }, NOW)).toBe(true);
    expect(askByItself({ limits: [far], at: NOW - 60 * MINUTE }, NOW)).toBe(false);
  });
});

describe(amountsOf.name, () => {
  it('should change with the limits, not with their use', () => {
    expect(amountsOf([near])).toBe(amountsOf([far]));
    expect(amountsOf([near])).not.toBe(amountsOf([{ ...near, amount: 500 }]));
    expect(amountsOf([near])).not.toBe(amountsOf([]));
  });
});
