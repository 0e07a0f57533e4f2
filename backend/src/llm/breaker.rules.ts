import type { ModelFailureKind } from './model-failure.js';

/** Failed calls in a row after which a model is left alone. */
export const FAILURES_TO_OPEN = 5;
/** How long it is left alone the first time, doubled with each probe that fails; milliseconds. */
const FIRST_REST_MS = 15_000;
const LONGEST_REST_MS = 120_000;
/** The most that a provider's `Retry-After` is believed, in milliseconds. */
const LONGEST_ASKED_REST_MS = 300_000;
/** A probe of which nothing was heard is given up; longer than a first token may take. */
const PROBE_MS = 90_000;
/** How soon it is worth looking whether a probe has told anything, in milliseconds. */
const PROBE_LOOK_MS = 1000;

/** What is held of one model's recent calls. Times are milliseconds of any clock that only grows. */
export type Breaker =
  /** Asked freely. */
  | { readonly state: 'closed'; readonly failures: number }
  /** Left alone until then. */
  | (Rest & { readonly state: 'open'; readonly until: number })
  /** One call is on its way to find out; the others wait. */
  | (Rest & { readonly state: 'half-open'; readonly until: number });

interface Rest {
  /** How often it was opened since the last answer. */
  readonly times: number;
  /** What the last failure was. */
  readonly kind: ModelFailureKind;
}

/** What a call came to, as far as it tells whether the model can be asked. */
export interface FailedCall {
  readonly kind: ModelFailureKind;
  /** How long the provider asks to be left alone. */
  readonly retryAfterMs?: number | undefined;
}

/** Whether a call may be sent now, and what the breaker is then. */
export type Admission =
  | { readonly admitted: true; readonly breaker: Breaker }
  | { readonly admitted: false; readonly kind: ModelFailureKind; readonly retryInMs: number };

export const CLOSED: Breaker = { state: 'closed', failures: 0 };

/** Failures that would meet any call; others are about this call, or for an operator to mend. */
const OF_THE_PROVIDER: ReadonlySet<ModelFailureKind> = new Set<ModelFailureKind>([
  'UNAVAILABLE',
  'UNREACHABLE',
  'RATE_LIMITED',
  'TIMEOUT',
  'BAD_ANSWER',
  'CUT_SHORT',
]);

/** Whether the next call may go. Once a rest is over one call goes, and the rest wait for it. */
export function admission(breaker: Breaker, now: number): Admission {
  if (breaker.state === 'closed') return { admitted: true, breaker };
  const { times, kind, until } = breaker;
  if (now < until) {
    const left = until - now;
    const retryInMs = breaker.state === 'open' ? left : Math.min(left, PROBE_LOOK_MS);
    return { admitted: false, kind, retryInMs };
  }
  return {
    admitted: true,
    breaker: { state: 'half-open', times, kind, until: now + PROBE_MS },
  };
}

/** After a failure. One with `Retry-After` opens at once, and for as long: the provider knows best. */
export function afterFailure(breaker: Breaker, failed: FailedCall, now: number): Breaker {
  const { kind, retryAfterMs } = failed;
  // Nobody was asked: it tells nothing of the model.
  if (kind === 'BUSY') return afterNothing(breaker, now);
  if (!OF_THE_PROVIDER.has(kind)) return CLOSED; // It did answer.
  const asked = now + Math.min(retryAfterMs ?? 0, LONGEST_ASKED_REST_MS);
  if (breaker.state === 'open') {
    // A call that was sent before.
    return { ...breaker, kind, until: Math.max(breaker.until, asked) };
  }
  const times = breaker.state === 'half-open' ? breaker.times : 0;
  if (asked > now) return { state: 'open', times, kind, until: asked };
  if (breaker.state === 'half-open') return opened(times + 1, kind, now);
  const failures = breaker.failures + 1;
  return failures < FAILURES_TO_OPEN ? { state: 'closed', failures } : opened(1, kind, now);
}

/** After a call that told nothing, because somebody stopped it: a probe is free for the next. */
export function afterNothing(breaker: Breaker, now: number): Breaker {
  return breaker.state === 'half-open' ? { ...breaker, state: 'open', until: now } : breaker;
}

function opened(times: number, kind: ModelFailureKind, now: number): Breaker {
  const rest = Math.min(FIRST_REST_MS * 2 ** (times - 1), LONGEST_REST_MS);
  return { state: 'open', times, kind, until: now + rest };
}
