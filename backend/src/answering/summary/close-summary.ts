import { Injectable } from '@nestjs/common';
import { Reservations } from '../../limits/reservations.js';
import { estimateTokens } from '../../llm/tokens.rules.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import type { Outcome } from '../steps/generate.js';
import { ledgered } from '../steps/ledgered.js';
import { SummaryWorkRepository } from './summary-work.repository.js';

/** What came of a summary's call. */
export interface EndedSummary {
  readonly id: number;
  /** The ledger's open row; null where nothing was opened. */
  readonly usageId: number | null;
  readonly outcome: Outcome;
  /** Null: there is none. */
  readonly text: string | null;
}

/** Writes what came of a summary. */
@Injectable()
export class CloseSummary {
  constructor(
    private readonly work: SummaryWorkRepository,
    private readonly usage: UsageLedger,
    private readonly limits: Reservations,
  ) {}

  /** All in one transaction: the summary or its absence, the call's row, what was set aside. */
  close(runId: string, { id, usageId, outcome, text }: EndedSummary): Promise<void> {
    return this.usage.transaction(async (manager) => {
      if (usageId !== null) await this.usage.close(manager, usageId, ledgered(outcome));
      await this.limits.end(manager, runId);
      const costNanoUsd = outcome.cost?.totalNanoUsd ?? null;
      if (text === null) await this.work.drop(manager, id);
      else await this.work.finish(manager, id, { text, tokens: estimateTokens(text), costNanoUsd });
    });
  }
}
