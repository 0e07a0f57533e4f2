import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { RetryLaterError } from '../../platform/domain-error.js';
import { Stopping } from '../../platform/stopping.js';
import { type Allowance, takeAsk } from '../admission.rules.js';

/** People whose allowance is remembered; past it, full allowances are forgotten. */
const MOST_REMEMBERED = 10_000;

const WAIT_FOR_A_RUN_SECONDS = 5;
const RESTART_SECONDS = 5;
const MINUTE_MS = 60_000;

/** First step: may this person start another run now? A refusal stores nothing. */
@Injectable()
export class Admission {
  private readonly open = new Map<number | string, number>();
  private readonly allowances = new Map<number | string, Allowance>();

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly stopping: Stopping,
  ) {}

  /**
   * Takes a place for one run.
   * @param who a person's id, or a name under which several callers count together.
   * @returns gives the place back; to be called once, when the run has ended.
   * @throws {RetryLaterError} SERVER.STOPPING, REQUEST.RATE_LIMITED or RUN.TOO_MANY.
   */
  admit(who: number | string, now = Date.now()): () => void {
    if (this.stopping.begun) {
      throw new RetryLaterError('SERVER.STOPPING', RESTART_SECONDS);
    }
    const maximum = this.env.RUNS_PER_PERSON;
    const running = this.open.get(who) ?? 0;
    if (running >= maximum) {
      throw new RetryLaterError('RUN.TOO_MANY', WAIT_FOR_A_RUN_SECONDS, { maximum });
    }
    const taken = takeAsk(this.allowances.get(who), this.env.ASKS_PER_MINUTE, now);
    if ('retryAfterSeconds' in taken) {
      throw new RetryLaterError('REQUEST.RATE_LIMITED', taken.retryAfterSeconds);
    }
    this.allowances.set(who, taken.allowance);
    this.forgetFull(now);
    this.open.set(who, running + 1);
    return () => {
      this.leave(who);
    };
  }

  private leave(who: number | string): void {
    const running = (this.open.get(who) ?? 1) - 1;
    if (running === 0) {
      this.open.delete(who);
    } else {
      this.open.set(who, running);
    }
  }

  private forgetFull(now: number): void {
    if (this.allowances.size <= MOST_REMEMBERED) {
      return;
    }
    for (const [who, { at }] of this.allowances) {
      if (now - at >= MINUTE_MS) {
        this.allowances.delete(who);
      }
    }
  }
}
