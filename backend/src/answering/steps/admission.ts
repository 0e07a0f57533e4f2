import { Inject, Injectable } from '@nestjs/common';
import type { UsagePurpose } from '#db';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { type GiveBack, Reservations, type TakeForRun } from '../../limits/reservations.js';
import type { ChatModel } from '../../llm/chat-model.js';
import type { Caller } from '../../platform/caller.js';
import { RetryLaterError } from '../../platform/domain-error.js';
import { Stopping } from '../../platform/stopping.js';
import { type Allowance, takeAsk } from '../admission.rules.js';
import { CallNeed, type CallTokens } from '../call-need.js';

/** People whose allowance is remembered; past it, full allowances are forgotten. */
const MOST_REMEMBERED = 10_000;

const WAIT_FOR_A_RUN_SECONDS = 5;
const RESTART_SECONDS = 5;

/** What the first call of a run is for. */
const FIRST_PURPOSE = 'answer' satisfies UsagePurpose;

const MINUTE_MS = 60_000;

/** Who asks for a run. */
export interface Entrant {
  readonly caller: Pick<Caller, 'id' | 'role'>;
  /** A name under which several callers count together; absent: the caller's own. */
  readonly countedAs?: string;
}

/** A place for one run. */
export interface Admitted {
  /** Gives the place back; to be called once, when the run has ended. */
  readonly leave: () => void;
  /** To be done last in the transaction that stores the run, where limits are set. */
  readonly take: TakeForRun | undefined;
  /** To be done after that for a run that has ended already. */
  readonly giveBack: GiveBack;
}

/**
 * First step: may this person start another run now? A refusal stores nothing. What the environment
 * allows is counted by this process; a limit that an administrator has set in its place is counted
 * in the database, for all of them.
 */
@Injectable()
export class Admission {
  private readonly open = new Map<number | string, number>();
  private readonly allowances = new Map<number | string, Allowance>();

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly stopping: Stopping,
    private readonly limits: Reservations,
    private readonly needs: CallNeed,
  ) {}

  /**
   * Takes a place for one run.
   * @param least what asking the model will take at least.
   * @throws {RetryLaterError} SERVER.STOPPING, REQUEST.RATE_LIMITED, RUN.TOO_MANY, LIMIT.TOKENS or
   * LIMIT.BUDGET; {DomainError} LIMIT.UNPRICED.
   */
  async admit(entrant: Entrant, model: ChatModel, least: () => CallTokens): Promise<Admitted> {
    const { caller } = entrant;
    const leave = this.enter(entrant, Date.now());
    try {
      const need = () => this.needs.of(model, least());
      await this.limits.requireRoom(caller, need);
      const take = await this.limits.forRun(caller, FIRST_PURPOSE, need);
      return { leave, take, giveBack: this.giveBack };
    } catch (error) {
      leave();
      throw error;
    }
  }

  private readonly giveBack: GiveBack = (transaction, runId, status) =>
    this.limits.end(transaction, runId, status);

  private enter({ caller, countedAs }: Entrant, now: number): () => void {
    if (this.stopping.begun) {
      throw new RetryLaterError('SERVER.STOPPING', RESTART_SECONDS);
    }
    const who = countedAs ?? caller.id;
    const maximum = this.env.RUNS_PER_PERSON;
    const running = this.open.get(who) ?? 0;
    if (running >= maximum && !this.limits.limitsOwn(caller, 'openRuns')) {
      throw new RetryLaterError('RUN.TOO_MANY', WAIT_FOR_A_RUN_SECONDS, { maximum });
    }
    if (!this.limits.limitsOwn(caller, 'requests')) {
      const taken = takeAsk(this.allowances.get(who), this.env.ASKS_PER_MINUTE, now);
      if ('retryAfterSeconds' in taken) {
        throw new RetryLaterError('REQUEST.RATE_LIMITED', taken.retryAfterSeconds);
      }
      this.allowances.set(who, taken.allowance);
      this.forgetFull(now);
    }
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
