import type { LimitMeasure, LimitPeriod, Role, User } from '#db';

/** Whom a limit is for, as it is stored. `everyone`: each person. */
export type LimitSubject = 'team' | 'everyone' | `role:${Role}` | `person:${number}`;

/** Whose use is counted together. */
export type CountedSubject = 'team' | `person:${number}`;

/** A limit, as far as it decides anything. Money in integer nano-dollars. */
export interface LimitRule {
  readonly subject: string;
  readonly measure: LimitMeasure;
  readonly period: LimitPeriod;
  readonly amount: number;
}

/** A limit that holds for a person, or for the team that the person belongs to. */
export interface LimitInEffect extends Omit<LimitRule, 'subject'> {
  readonly scope: 'own' | 'team';
  readonly subject: CountedSubject;
}

export interface LimitedPerson {
  readonly id: number;
  readonly role: User['role'];
}

/** The periods over which each measure can be limited. */
export const PERIODS_OF: Record<LimitMeasure, readonly LimitPeriod[]> = {
  requests: ['minute', 'day', 'month'],
  tokens: ['day', 'month'],
  usd: ['day', 'month'],
  openRuns: ['now'],
};

/** The largest amount that makes sense, and that sums of it stay whole numbers. */
export const LARGEST_AMOUNT: Record<LimitMeasure, number> = {
  requests: 1_000_000_000,
  tokens: 1_000_000_000_000,
  usd: 1_000_000,
  openRuns: 100_000,
};

/** A nano-dollar: less would be kept as nothing, which lets nothing through. */
export const SMALLEST_USD = 1e-9;

export const personSubject = (userId: number) => `person:${userId}` as const;

/**
 * The limits that hold for a person: of each measure and period the most specific one (the person's
 * before the role's before everyone's), and the team's beside it.
 */
export function limitsFor(limits: readonly LimitRule[], person: LimitedPerson): LimitInEffect[] {
  const own = new Map<string, LimitInEffect>();
  for (const subject of subjectsOf(person)) {
    for (const limit of limits) {
      const what = `${limit.measure} ${limit.period}`;
      if (limit.subject === subject && !own.has(what)) {
        own.set(what, { ...partsOf(limit), scope: 'own', subject: personSubject(person.id) });
      }
    }
  }
  const team = limits
    .filter(({ subject }) => subject === 'team')
    .map((limit) => ({ ...partsOf(limit), scope: 'team', subject: 'team' }) as const);
  return [...own.values(), ...team];
}

/** The most specific first. The built-in member `service` is a member. */
function subjectsOf({ id, role }: LimitedPerson): LimitSubject[] {
  return [personSubject(id), role === 'admin' ? 'role:admin' : 'role:member', 'everyone'];
}

const partsOf = ({ measure, period, amount }: LimitRule) => ({ measure, period, amount });
