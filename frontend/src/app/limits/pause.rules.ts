import type { ApiFailure } from '../api/api-failure';
import type { Limit, LimitLeft } from '../api/limits-api';

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
  /** When the limit is renewed, where that is what is waited for: others may give back before. */
  readonly resetsAt: number | null;
  /** True when the whole team waits. */
  readonly team: boolean;
  /** The limit that was reached; null where the server did not say. */
  readonly limit: Pick<Limit, 'measure' | 'period' | 'amount'> | null;
}

/** Refused whatever is asked: so many questions, so many requests. */
const FOR_EVERY_PROMPT = ['LIMIT.REQUESTS', 'REQUEST.RATE_LIMITED'];
/** What each refusal counts. */
const MEASURE_OF: Readonly<Record<string, LimitLeft['measure']>> = {
  'LIMIT.REQUESTS': 'requests',
  'LIMIT.TOKENS': 'tokens',
  'LIMIT.BUDGET': 'usd',
};

/** Clocks differ by less; what others give back comes much sooner than a limit is renewed. */
const SOON_MS = 60_000;

/** A limit that is renewed at a time. */
export const isLimitReached = (code: string): boolean => Object.hasOwn(MEASURE_OF, code);

/**
 * The pause that a refusal brings; null for one that no time mends. The server says how long it
 * lasts: that counts before the time it ends at, which this device's clock may know differently.
 */
export function pauseOf(failure: ApiFailure, asked: Asked, now: number): Pause | null {
  const { code, retryAfter } = failure;
  if (!isLimitReached(code) && !FOR_EVERY_PROMPT.includes(code)) return null;
  const details = (failure.details ?? {}) as Readonly<Record<string, unknown>>;
  const { resetsAt, scope } = details;
  const resets = typeof resetsAt === 'string' ? Date.parse(resetsAt) : NaN;
  const until = retryAfter === null ? resets : now + retryAfter * 1000;
  if (Number.isNaN(until)) return null;
  return {
    ...asked,
    code,
    until,
    resetsAt: Math.abs(resets - until) <= SOON_MS ? resets : null,
    team: scope === 'team',
    limit: limitOf(code, details),
  };
}

/** Which limit the server names; null where it names none that fits its code. */
function limitOf(
  code: string,
  { measure, period, amount }: Readonly<Record<string, unknown>>,
): Pause['limit'] {
  const counted = MEASURE_OF[code];
  if (!counted || measure !== counted || typeof amount !== 'number') return null;
  return { measure: counted, period: period as Limit['period'], amount };
}

/**
 * Whether the pause is about this prompt, too: of tokens or money a shorter one, or another model,
 * may need less than is left.
 */
export function holdsFor(pause: Pause, { prompt, model }: Asked): boolean {
  const isSame = prompt.trim() === pause.prompt.trim() && model === pause.model;
  return FOR_EVERY_PROMPT.includes(pause.code) || isSame;
}

/**
 * When a limit is renewed that stopped an answer, in milliseconds: what was said then, else the last
 * of those that are used up. Null where there is room again, as somebody took the limit away.
 * @param limits what is left now; null while that is not known.
 */
export function renewalOf(
  code: string,
  resetsAt: string | null,
  limits: readonly LimitLeft[] | null,
): number | null {
  const counted = limits?.filter(({ measure }) => measure === MEASURE_OF[code]);
  if (counted?.length === 0) return null;
  if (resetsAt) return Date.parse(resetsAt);
  const times = (counted ?? [])
    .filter(({ left }) => left <= 0)
    .map((limit) => (limit.resetsAt === null ? 0 : Date.parse(limit.resetsAt)));
  return times.length > 0 ? Math.max(...times) : null;
}
