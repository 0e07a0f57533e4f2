import { DomainError, RetryLaterError } from '../platform/domain-error.js';
import type { ErrorCode } from '../platform/error-codes.js';
import { amountOutside, periodOutside } from './limit.response.js';
import type { NoRoom } from './reservations.repository.js';
import { secondsToWait } from './minute.rules.js';

/** When room that others have set aside may be given back: an answer takes a few seconds. */
const SOON_SECONDS = 5;

/**
 * What a person is told whose wish has no room: after which time there is some again, and when the
 * limit is whole again.
 */
export function refusalOf({ wish, counter }: NoRoom, now: Date): DomainError {
  const { limit, key, amount } = wish;
  const { scope, measure, period } = limit;
  if (!counter) return new RetryLaterError('REQUEST.RATE_LIMITED', 1); // Begun anew by then.
  if (period === 'minute') {
    const seconds = secondsToWait(counter.used, limit.amount, now);
    return new RetryLaterError('REQUEST.RATE_LIMITED', seconds, { scope });
  }
  if (measure === 'openRuns') {
    return new RetryLaterError('RUN.TOO_MANY', SOON_SECONDS, { scope, maximum: limit.amount });
  }
  const untilReset = Math.max(1, Math.ceil((key.endsAt.getTime() - now.getTime()) / 1000));
  const isOnlySetAside = counter.used + amount <= limit.amount;
  return new RetryLaterError(
    CODES[measure],
    isOnlySetAside ? Math.min(SOON_SECONDS, untilReset) : untilReset,
    {
      scope,
      measure,
      period: periodOutside(period) ?? '',
      amount: amountOutside(measure, limit.amount),
      resetsAt: key.endsAt.toISOString(),
    },
  );
}

const CODES = {
  requests: 'LIMIT.REQUESTS',
  tokens: 'LIMIT.TOKENS',
  usd: 'LIMIT.BUDGET',
} as const satisfies Record<string, ErrorCode>;
