import type { ErrorCode } from './error-codes.js';

/** Facts about an error that its message may name as `{name}` and a program may read. */
export type ErrorDetails = Readonly<
  Record<string, string | number | boolean | readonly string[] | readonly DetailedProblem[]>
>;

/** One of several things that are wrong with what was sent: where, and in the caller's words. */
export interface DetailedProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What every layer throws when a caller must be told: a code, never a sentence. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    readonly details?: ErrorDetails,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** A refusal that says when to try again; answered with `Retry-After`. */
export class RetryLaterError extends DomainError {
  constructor(
    code: ErrorCode,
    /** Whole seconds, at least 1. */
    readonly retryAfterSeconds: number,
    details?: ErrorDetails,
  ) {
    super(code, { ...details, retryAfterSeconds });
  }
}
