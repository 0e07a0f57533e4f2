import type { UsageFilter } from '../api/usage-api';
import type { Day } from './day.rules';
import { problemOf, rangeOf } from './range.rules';
import { DIMENSIONS, type Dimension } from './usage-rows.rules';

/** What the address of the page says, as it stands there. */
export type TeamAddress = Readonly<
  Partial<Record<'from' | 'to' | 'by' | 'userId' | 'model' | 'purpose' | 'door', string>>
>;

/** What is left out but for one. */
export const FILTERS = ['userId', 'model', 'purpose', 'door'] as const;
export type FilterName = (typeof FILTERS)[number];

const FILTER_OF: Readonly<Record<Exclude<Dimension, 'day'>, FilterName>> = {
  person: 'userId',
  model: 'model',
  purpose: 'purpose',
  door: 'door',
};

/** By which dimension a filter tells rows apart. */
export const dimensionOf = (filter: FilterName): Exclude<Dimension, 'day'> =>
  filter === 'userId' ? 'person' : filter;

export const byOf = ({ by }: TeamAddress): Dimension =>
  DIMENSIONS.find((dimension) => dimension === by) ?? 'model';

/** What to ask the server. Where the address has no days that make sense, this month's. */
export function filterOf(address: TeamAddress, today: Day): UsageFilter {
  const { from = '', to = '', userId, model, purpose, door } = address;
  const makesSense = problemOf({ from, to }) === null;
  return {
    ...(makesSense ? { from, to } : rangeOf('month', today)),
    ...(userId && /^\d+$/.test(userId) && { userId: Number(userId) }),
    ...(model && { model }),
    ...(purpose && { purpose }),
    ...(door && { door }),
  };
}

/**
 * Where a row leads: only what it is made of, told apart by what says more about it. A person, a
 * model and a door lead to their days, a day to its people.
 */
export function afterChoosing(dimension: Dimension, key: string): TeamAddress {
  if (dimension === 'day') return { from: key, to: key, by: 'person' };
  return { [FILTER_OF[dimension]]: key, by: 'day' };
}
