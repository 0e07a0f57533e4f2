import type { ErrorCode } from '../platform/error-codes.js';

/** Calls that one model is sent for a run. */
export const ATTEMPTS_PER_MODEL = 2;
/** Calls that a run makes in all. */
export const ATTEMPTS_PER_RUN = 3;
/** The widest wait before the first retry, doubled with each; milliseconds. */
const BACK_OFF_MS = 500;
/** Longest a run waits in all while another model could answer; milliseconds. */
export const PATIENCE_WITH_FALLBACK_MS = 5000;
/** Longest a run waits in all where no other can; milliseconds. */
export const PATIENCE_MS = 10_000;

/** Failures that may be gone a moment later. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'MODEL.RATE_LIMITED',
  'MODEL.UNAVAILABLE',
  'MODEL.UNREACHABLE',
  'MODEL.EMPTY',
]);

/** Failures of this question with any model, or that nobody should get around. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['MODEL.FILTERED', 'MODEL.LENGTH']);

/** A call that gave no text, or was not even sent. */
export interface FailedAttempt {
  readonly code: ErrorCode;
  /** What the provider asks for, or the rest that the model is given; milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The credentials it was refused for have been replaced since. */
  readonly renewed: boolean;
}

/** What the run has done so far. */
export interface Course {
  /** Calls that were sent, to this model and in all. */
  readonly ofModel: number;
  readonly ofRun: number;
  /** Milliseconds spent in waits. */
  readonly waitedMs: number;
  /** Another model could be asked. */
  readonly hasFallback: boolean;
  /** The model has retries left, whoever uses them. */
  readonly mayRetry: boolean;
  /** It was sent something that may be left out. */
  readonly mayRefit: boolean;
}

export type NextAttempt =
  | { readonly next: 'retry'; readonly delayMs: number }
  /** With less of the conversation, at once. */
  | { readonly next: 'refit' }
  | { readonly next: 'fallback' }
  | { readonly next: 'end' };

/**
 * What follows a call that gave no text. Full jitter: each wait is anything up to its widest, so that
 * those who failed together do not come back together.
 * @param random 0 up to, not including, 1.
 */
export function nextAttempt(failed: FailedAttempt, course: Course, random: number): NextAttempt {
  const { ofModel, ofRun, waitedMs, hasFallback, mayRetry, mayRefit } = course;
  if (!failed.code.startsWith('MODEL.') || FINAL.has(failed.code) || ofRun >= ATTEMPTS_PER_RUN) {
    return { next: 'end' };
  }
  const otherwise: NextAttempt = { next: hasFallback ? 'fallback' : 'end' };
  if (ofModel >= ATTEMPTS_PER_MODEL) return otherwise;
  if (failed.code === 'MODEL.OVERFLOW' && ofModel > 0 && mayRefit) return { next: 'refit' };
  if (!mayRetry) return otherwise;
  if (failed.renewed) return { next: 'retry', delayMs: 0 };
  if (ofModel === 0) {
    // It is given a rest: another answers meanwhile, or it is waited for whatever it failed by.
    if (hasFallback) return otherwise;
  } else if (!PASSING.has(failed.code)) return otherwise;
  const jitter = random * BACK_OFF_MS * 2 ** Math.max(0, ofModel - 1);
  const delayMs = Math.round((failed.retryAfterMs ?? 0) + jitter);
  const patience = hasFallback ? PATIENCE_WITH_FALLBACK_MS : PATIENCE_MS;
  return waitedMs + delayMs > patience ? otherwise : { next: 'retry', delayMs };
}
