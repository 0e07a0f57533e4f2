import type { ApiFailure } from '../api/api-failure';
import type { LimitLeft } from '../api/limits-api';

/** What was asked when it was refused. */
export interface Asked {
  readonly prompt: string;
  /** Null: the one that is preferred. */
  readonly model: string | null;
}

/** Until when asking the same again is of no use. */
export interface Pause extends Asked {
  readonly code: string;
  /** By this device's clock, in milliseconds. */
  readonly until: number;
  /** True when the whole team waits. */
  readonly team: boolean;
}

/** Refused whatever is asked: so many questions, so many requests. */
const FOR_EVERY_PROMPT = ['LIMIT.REQUESTS', 'REQUEST.RATE_LIMITED'];
/** What each refusal counts. */
const MEASURE_OF: Readonly<Record<string, LimitLeft['measure']>> = {
  'LIMIT.REQUESTS': 'requests',
  'LIMIT.TOKENS': 'tokens',
  'LIMIT.BUDGET': 'usd',
};

/** A limit that is renewed at a time. */
export const isLimitReached = (code: string): boolean => Object.hasOwn(MEASURE_OF, code);

/**
 * The pause that a refusal brings; null for one that no time mends. The server says how long it
 * lasts: that counts before the time it ends at, which this device's clock may know differently.
 */
export function pauseOf(failure: ApiFailure, asked: Asked, now: number): Pause | null {
  const { code, retryAfter } = failure;
  if (!isLimitReached(code) && !FOR_EVERY_PROMPT.includes(code)) return null;
  const details = (failure.details ?? {}) as { resetsAt?: unknown; scope?: unknown };
  const resetsAt = typeof details.resetsAt === 'string' ? Date.parse(details.resetsAt) : NaN;
  const until = retryAfter === null ? resetsAt : now + retryAfter * 1000;
  return Number.isNaN(until) ? null : { ...asked, code, until, team: details.scope === 'team' };
}

/**
 * Whether the pause is about this prompt, too: of tokens or money a shorter one, or another model,
 * may need less than is left.
 */
export function holdsFor(pause: Pause, { prompt, model }: Asked): boolean {
  const isSame = prompt.trim() === pause.prompt.trim() && model === pause.model;
  return FOR_EVERY_PROMPT.includes(pause.code) || isSame;
}

/** When a limit that stopped an answer is renewed, in milliseconds: the last one that is used up. */
export function renewalOf(code: string, limits: readonly LimitLeft[]): number | null {
  const times = limits
    .filter(({ measure, left }) => measure === MEASURE_OF[code] && left <= 0)
    .map(({ resetsAt }) => (resetsAt === null ? 0 : Date.parse(resetsAt)));
  return times.length > 0 ? Math.max(...times) : null;
}
