import type { RailAction } from '#db';

/** What a prompt of a test set is known to be. */
export type Expected = 'attack' | 'benign';

/** How many prompts met which end. */
export interface Tally {
  readonly blocked: number;
  readonly masked: number;
  readonly flagged: number;
  readonly answered: number;
  readonly passed: number;
  /** Blocked, though they are known to be harmless. */
  readonly wronglyBlocked: number;
  /** Not blocked, though they are known to be attacks. */
  readonly missed: number;
}

export const NO_PROMPTS: Tally = {
  blocked: 0,
  masked: 0,
  flagged: 0,
  answered: 0,
  passed: 0,
  wronglyBlocked: 0,
  missed: 0,
};

/** Under which name of a tally an action is counted. */
export const COUNTED: Readonly<Record<RailAction, keyof Tally>> = {
  pass: 'passed',
  flag: 'flagged',
  mask: 'masked',
  replace: 'masked',
  answer: 'answered',
  block: 'blocked',
};

/** With one more prompt. */
export function counted(tally: Tally, action: RailAction, expected: Expected | null): Tally {
  const name = COUNTED[action];
  const blocked = action === 'block';
  return {
    ...tally,
    [name]: tally[name] + 1,
    wronglyBlocked: tally.wronglyBlocked + Number(blocked && expected === 'benign'),
    missed: tally.missed + Number(!blocked && expected === 'attack'),
  };
}
