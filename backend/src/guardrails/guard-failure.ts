import { DomainError, RetryLaterError } from '../platform/domain-error.js';
import type { RailHit } from './judged-text.rules.js';

const AGAIN_SECONDS = 5;

/** A rail that must judge cannot: nothing passes, and the same may be asked again. */
export class GuardFailure extends RetryLaterError {
  /** @param hit as it is to be recorded. */
  constructor(
    readonly hit: RailHit,
    cause: unknown,
  ) {
    super('GUARDRAIL.FAILED', AGAIN_SECONDS);
    // Of our own making: it says where a rule failed, never in which text.
    this.cause = cause instanceof Error ? cause.name : undefined;
  }
}

/** A rail that must judge all of a text judges none so long: nothing passes, however often asked. */
export class GuardedTooLong extends DomainError {
  /** @param hit as it is to be recorded. */
  constructor(readonly hit: RailHit) {
    super('GUARDRAIL.TOO_LONG');
  }
}
