import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { isDatabaseAway, isTransient, type PostStatus, takesNoWriting } from '#db';
import { Reservations } from '../../limits/reservations.js';
import type { DomainError } from '../../platform/domain-error.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import type { AnswerSource, RouteChoice } from '../answer-event.js';
import type { LiveRun } from '../live-run.js';
import { ProcessesRepository } from '../processes.repository.js';
import type { Overflowing } from '../window/fill-window.js';
import { RunsRepository, type Settlement } from '../runs.repository.js';
import { nextAttemptMs } from '../settle-retry.rules.js';
import { Spool } from '../spool/spool.js';
import type { ClosedCall, SpooledEnd } from '../spool/spooled-run.js';
import type { Call } from './asking.js';
import type { Outcome } from './generate.js';
import { ledgered } from './ledgered.js';

/** An attempt to write the end of a run that takes longer may never end, in milliseconds. */
const LATE_MS = 2000;

/** What is known at the end of a run. */
export interface Ended {
  readonly run: LiveRun;
  readonly modelId: string;
  /** Null when it failed before one was chosen. */
  readonly choice: RouteChoice | null;
  readonly sources: readonly AnswerSource[];
  /** Older turns that the model was sent for what they say: kept for the next question. */
  readonly keptIds: readonly number[];
  readonly fallen: Overflowing;
  readonly outcome: Outcome;
  /** The title that a model wrote; null: none did. */
  readonly title: string | null;
  /** Every call that was sent; that of the title first, those of the answer in their order. */
  readonly calls: readonly Call[];
  /** The limit that left no room for a call, where one did. */
  readonly refusal?: DomainError;
}

/** Last step: writes everything about the answer in one transaction. */
@Injectable()
export class Settle {
  private readonly logger = new Logger(Settle.name);

  constructor(
    private readonly runs: RunsRepository,
    private readonly processes: ProcessesRepository,
    private readonly usage: UsageLedger,
    private readonly limits: Reservations,
    private readonly spool: Spool,
  ) {}

  /**
   * @returns the title if one was made, or false when the run belongs to another process now.
   * @throws the database's error when it keeps refusing; the sweeper will then end the run.
   */
  async settle(ended: Ended): Promise<{ title: string | null } | false> {
    const { run } = ended;
    const end = { settlement: this.settlementOf(ended), calls: closed(ended.calls) };
    const keep = () => this.spool.keepEnd(run, end);
    // A server that hangs refuses nothing: kept all the same, beside an attempt that may never end.
    const late = setTimeout(() => void keep(), LATE_MS).unref();
    for (let attempt = 0; ; attempt += 1) {
      try {
        const settled = await this.write(end);
        clearTimeout(late);
        const wasSpooled = run.markStored(run.releasedLength);
        // What belongs to another process now is looked at once more, by the replay.
        if (settled && wasSpooled) await this.spool.forget(run);
        return settled;
      } catch (error) {
        const stopping = run.stopReason === 'interrupted';
        const away = isDatabaseAway(error) || takesNoWriting(error) || isTransient(error);
        if (away && attempt === 0) {
          clearTimeout(late);
          await keep();
        }
        const delay = nextAttemptMs({ attempt, away, stopping });
        if (delay === undefined) {
          clearTimeout(late);
          throw error;
        }
        this.logger.warn({ err: error, runId: run.id }, 'an answer could not be stored yet');
        await wait(delay);
      }
    }
  }

  /** How a run ended that is no longer this process's: another one ended it, or its conversation was deleted. */
  async statusElsewhere(runId: string): Promise<PostStatus> {
    return (await this.processes.statusOf(runId)) ?? 'stopped';
  }

  /**
   * Writes the end of a run.
   * @param owner the process that must still own it; absent: this one.
   * @returns see {@link settle}.
   */
  write(
    { settlement, calls }: SpooledEnd,
    owner?: string,
  ): Promise<{ title: string | null } | false> {
    const { runId, post } = settlement;
    return this.runs.settle(
      settlement,
      async (manager, isOurs) => {
        for (const { usageId, outcome } of calls) {
          await this.usage.close(manager, usageId, outcome);
        }
        await this.limits.end(manager, runId, isOurs ? post.status : undefined);
      },
      owner,
    );
  }

  private settlementOf({
    run,
    modelId,
    choice,
    sources,
    keptIds,
    title,
    outcome,
  }: Ended): Settlement {
    const { accepted } = run;
    return {
      runId: run.id,
      userId: accepted.userId,
      conversationId: accepted.conversationId,
      sources,
      written: title,
      hits: run.hits,
      door: accepted.door,
      post: {
        id: accepted.postId,
        prompt: accepted.typed,
        body: run.released,
        status: outcome.status,
        errorCode: outcome.errorCode,
        model: modelId,
        route: choice?.route ?? null,
        routeReason: choice?.reason ?? null,
        keptIds: keptIds.length === 0 ? null : keptIds.join(','),
        promptTokens: outcome.promptTokens,
        // An estimate is made anew, and cautiously, where a window is filled.
        bodyTokens: accepted.earlierText || outcome.estimated ? null : outcome.completionTokens,
      },
    };
  }
}

/** The calls that have a row of the ledger. */
function closed(calls: readonly Call[]): ClosedCall[] {
  return calls.flatMap(({ usageId, outcome }) =>
    usageId === null ? [] : [{ usageId, outcome: ledgered(outcome) }],
  );
}
