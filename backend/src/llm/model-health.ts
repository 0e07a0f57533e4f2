import { Logger } from '@nestjs/common';
import {
  admission,
  type Admission,
  afterFailure,
  afterNothing,
  type Breaker,
  CLOSED,
  type FailedCall,
} from './breaker.rules.js';
import type { ModelFailureKind } from './model-failure.js';
import { type Bucket, fullBucket, taken } from './token-bucket.rules.js';

/** Milliseconds that only grow. */
export type Clock = () => number;

/**
 * Remembers, for each model and as long as the process lives, how its last calls went: one that
 * keeps failing is left alone for a while, and the number of retries is limited however many people
 * ask. Nothing here speaks to a provider.
 */
export class ModelHealth {
  private readonly logger = new Logger(ModelHealth.name);
  private readonly breakers = new Map<string, Breaker>();
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly now: Clock = () => performance.now()) {}

  /** Asks for leave to send a call. A call that was admitted must be told of by one of the others. */
  admit(id: string): Admission {
    const answer = admission(this.breakerOf(id), this.now());
    if (answer.admitted) this.breakers.set(id, answer.breaker);
    return answer;
  }

  /** What keeps a model from being asked now, if anything. Changes nothing. */
  problem(id: string): ModelFailureKind | undefined {
    const answer = admission(this.breakerOf(id), this.now());
    return answer.admitted ? undefined : answer.kind;
  }

  /**
   * Whether nothing speaks against the model: what can be left out is asked of no other, and is no
   * probe that finds out whether it answers again.
   */
  isWell(id: string): boolean {
    return this.breakerOf(id).state === 'closed';
  }

  /** The model has begun to answer. */
  answered(id: string): void {
    this.breakers.set(id, CLOSED);
  }

  /** The call failed, before or after its first text. */
  failed(id: string, failed: FailedCall): void {
    const before = this.breakerOf(id);
    const after = afterFailure(before, failed, this.now());
    this.breakers.set(id, after);
    if (after.state === 'open' && before.state !== 'open') {
      const seconds = Math.round((after.until - this.now()) / 1000);
      this.logger.warn({ model: id, kind: after.kind, seconds }, 'a model is left alone');
    }
  }

  /** The call was stopped before it told anything. */
  left(id: string): void {
    this.breakers.set(id, afterNothing(this.breakerOf(id), this.now()));
  }

  /** Takes one of the model's retries. @returns whether there was one. */
  takeRetry(id: string): boolean {
    const now = this.now();
    const after = taken(this.buckets.get(id) ?? fullBucket(now), now);
    if (after) this.buckets.set(id, after);
    return after !== undefined;
  }

  private breakerOf(id: string): Breaker {
    return this.breakers.get(id) ?? CLOSED;
  }
}
