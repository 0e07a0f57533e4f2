import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { isDatabaseAway, type PostStatus, takesNoWriting } from '#db';
import { Reservations } from '../../limits/reservations.js';
import type { DomainError } from '../../platform/domain-error.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import type { AnswerSource, Route } from '../answer-event.js';
import type { LiveRun } from '../live-run.js';
import { ProcessesRepository } from '../processes.repository.js';
import { RunsRepository, type Settlement } from '../runs.repository.js';
import { nextAttemptMs } from '../settle-retry.rules.js';
import type { Call } from './attempts.js';
import type { Outcome } from './generate.js';
import { ledgered } from './ledgered.js';

/** What is known at the end of a run. */
export interface Ended {
  readonly run: LiveRun;
  readonly modelId: string;
  /** Null when it failed before one was chosen. */
  readonly route: Route | null;
  readonly sources: readonly AnswerSource[];
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
  ) {}

  /**
   * @returns the title if one was made, or false when the run belongs to another process now.
   * @throws the database's error when it keeps refusing; the sweeper will then end the run.
   */
  async settle(ended: Ended): Promise<{ title: string | null } | false> {
    const settlement = this.settlementOf(ended);
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.write(settlement, ended);
      } catch (error) {
        const stopping = ended.run.stopReason === 'interrupted';
        const delay = nextAttemptMs({
          attempt,
          away: isDatabaseAway(error) || takesNoWriting(error),
          stopping,
        });
        if (delay === undefined) {
          throw error;
        }
        this.logger.warn({ err: error, runId: ended.run.id }, 'an answer could not be stored yet');
        await wait(delay);
      }
    }
  }

  /** How a run ended that is no longer this process's: another one ended it, or its conversation was deleted. */
  async statusElsewhere(runId: string): Promise<PostStatus> {
    return (await this.processes.statusOf(runId)) ?? 'stopped';
  }

  private write(settlement: Settlement, { calls }: Ended) {
    const { runId, post } = settlement;
    return this.runs.settle(settlement, async (manager, isOurs) => {
      for (const { usageId, outcome } of calls) {
        if (usageId === null) continue;
        await this.usage.close(manager, usageId, ledgered(outcome));
      }
      await this.limits.end(manager, runId, isOurs ? post.status : undefined);
    });
  }

  private settlementOf({ run, modelId, route, sources, title, outcome }: Ended): Settlement {
    const { accepted } = run;
    return {
      runId: run.id,
      userId: accepted.userId,
      conversationId: accepted.conversationId,
      sources,
      written: title,
      post: {
        id: accepted.postId,
        prompt: accepted.prompt,
        body: run.released,
        status: outcome.status,
        errorCode: outcome.errorCode,
        model: modelId,
        route,
        promptTokens: outcome.promptTokens,
        // An estimate is made anew, and cautiously, where a window is filled.
        bodyTokens: accepted.earlierText || outcome.estimated ? null : outcome.completionTokens,
      },
    };
  }
}
