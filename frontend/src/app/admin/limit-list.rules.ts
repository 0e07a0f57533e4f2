import type { Limit, NewLimit } from '../api/limits-api';

/** The limits of one kind of owner, in the order they are shown in. */
export interface LimitGroup {
  readonly scope: Limit['scope'];
  readonly limits: readonly Limit[];
}

/** From the widest to the narrowest: a narrower one takes the place of those above it. */
const SCOPES: readonly Limit['scope'][] = ['team', 'everyone', 'role', 'person'];
const MEASURES: readonly Limit['measure'][] = ['requests', 'tokens', 'usd', 'openRuns'];
const PERIODS: readonly Limit['period'][] = ['minute', 'day', 'month', null];

/** In how much time each measure may be limited; none for what is counted at one moment. */
export const PERIODS_OF: Readonly<
  Record<Limit['measure'], readonly NonNullable<Limit['period']>[]>
> = {
  requests: ['minute', 'day', 'month'],
  tokens: ['day', 'month'],
  usd: ['day', 'month'],
  openRuns: [],
};

/** Only the groups that have a limit. */
export function toGroups(limits: readonly Limit[]): readonly LimitGroup[] {
  const sorted = limits.toSorted(
    (one, other) =>
      (one.role ?? '').localeCompare(other.role ?? '') ||
      (one.username ?? '').localeCompare(other.username ?? '') ||
      MEASURES.indexOf(one.measure) - MEASURES.indexOf(other.measure) ||
      PERIODS.indexOf(one.period) - PERIODS.indexOf(other.period),
  );
  return SCOPES.map((scope) => ({
    scope,
    limits: sorted.filter((limit) => limit.scope === scope),
  })).filter((group) => group.limits.length > 0);
}

/** Whether both limit the same use of the same people: the newer takes the place of the older. */
export function isSameLimit(one: NewLimit, other: NewLimit): boolean {
  return (
    one.scope === other.scope &&
    (one.role ?? null) === (other.role ?? null) &&
    (one.userId ?? null) === (other.userId ?? null) &&
    one.measure === other.measure &&
    one.period === other.period
  );
}

/** The list after the server took a limit. */
export const withLimit = (limits: readonly Limit[], taken: Limit): readonly Limit[] => [
  ...limits.filter((one) => one.id !== taken.id && !isSameLimit(one, taken)),
  taken,
];
