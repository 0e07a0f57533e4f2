import type { LimitLeft } from '../api/limits-api';

/** While a limit is near, others who share it may use it up: asked for again after this long. */
const NEAR_MS = 2 * 60_000;
/** A minute's limit fills up while one looks. */
const MINUTE_MS = 20_000;
/** An answer that ends after this long asks what is left whatever was known before. */
const STALE_MS = 5 * 60_000;

/** What was heard of the limits, and when (milliseconds since 1970). */
export interface Heard {
  readonly limits: readonly LimitLeft[];
  readonly at: number;
}

const shareLeft = ({ left, amount }: LimitLeft): number => (amount > 0 ? left / amount : 0);

/** Answers at one time are seen on the screen: nobody has to be told of them. */
const counts = ({ measure }: LimitLeft): boolean => measure !== 'openRuns';

/** The limit to speak of: of those that are near, the one of which least is left. */
export function mostPressing(limits: readonly LimitLeft[]): LimitLeft | null {
  const [first = null, ...rest] = limits.filter((limit) => limit.near && counts(limit));
  return rest.reduce(
    (least, one) => (least && shareLeft(one) < shareLeft(least) ? one : least),
    first,
  );
}

/**
 * Whether to ask again now that an answer ended: not where nobody is limited. How much it used is
 * known to the server only, so that a limit far away may be near now.
 */
export function askAfterAnswer(heard: Heard | null, now: number): boolean {
  if (!heard || now - heard.at >= STALE_MS) return true;
  return heard.limits.some(counts);
}

/** Whether to ask again while nothing happens: a near limit was renewed, or may have moved. */
export function askByItself(heard: Heard, now: number): boolean {
  const near = heard.limits.filter((limit) => limit.near && counts(limit));
  if (near.length === 0) return false;
  const isRenewed = ({ resetsAt }: LimitLeft): boolean =>
    resetsAt !== null && Date.parse(resetsAt) <= now && Date.parse(resetsAt) > heard.at;
  const isMinute = near.some(({ period }) => period === 'minute');
  return now - heard.at >= (isMinute ? MINUTE_MS : NEAR_MS) || near.some(isRenewed);
}

/** The same text for the same limits, whatever was used of them. */
export const amountsOf = (limits: readonly LimitLeft[]): string =>
  limits
    .map(({ scope, measure, period, amount }) => [scope, measure, period, amount].join())
    .join(';');
