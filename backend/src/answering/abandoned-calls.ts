import { Injectable } from '@nestjs/common';
import type { Run, Usage } from '#db';
import type { PricedModel } from '../llm/prices.js';
import { ModelRegistry } from '../llm/registry.js';
import type { CallOutcome } from '../usage/model-call.js';
import { UsageLedger } from '../usage/usage-ledger.js';
import { Billing } from './billing.js';
import type { ProcessesRepository } from './processes.repository.js';
import { ledgeredBill } from './steps/ledgered.js';

/** What a run's end in another's place does beside. */
type Close = Parameters<ProcessesRepository['end']>[2];

/** How a run ends whose process cannot say it. */
type Ending = 'interrupted' | 'stopped';

/** A call that another process has open. */
interface OpenCall {
  readonly row: Usage;
  readonly model: PricedModel;
}

/**
 * Closes calls in the place of the process that made them: with what their prompts were estimated
 * at before they were sent, and with what of their text was stored.
 */
@Injectable()
export class AbandonedCalls {
  constructor(
    private readonly usage: UsageLedger,
    private readonly models: ModelRegistry,
    private readonly billing: Billing,
  ) {}

  /**
   * Looks for what a run has open, and what its price depends on: outside the transaction that ends
   * the run, for the models may have to be looked for.
   * @returns what closes it in that transaction, given the text that the run has stored.
   */
  async of(run: Run, ending: Ending): Promise<Close> {
    const rows = await this.usage.openOf(run.id);
    const calls = await Promise.all(
      rows.map(async (row): Promise<OpenCall> => ({ row, model: await this.modelOf(row) })),
    );
    for (const { model } of calls) await this.billing.prepare(model);
    // Nothing is asked again once there is text: all of it is of the last answer.
    const last = calls.findLast(({ row }) => row.purpose === 'answer');
    return async (manager, stored) => {
      for (const call of calls) {
        const outcome = await this.outcomeOf(call, call === last ? stored : '', ending);
        await this.usage.close(manager, call.row.id, outcome);
      }
    };
  }

  /** Closes the calls that were made for something else than a run. */
  async closeOf(runId: string): Promise<void> {
    for (const row of await this.usage.openOf(runId)) {
      const call = { row, model: await this.modelOf(row) };
      await this.usage.closeNow(row.id, await this.outcomeOf(call, '', 'interrupted'));
    }
  }

  /** Closes calls of runs that nobody will end any more, their conversations having gone with them. */
  async closeLost(): Promise<void> {
    for (const row of await this.usage.lost()) {
      const call = { row, model: await this.modelOf(row) };
      await this.usage.closeNow(row.id, await this.outcomeOf(call, '', 'interrupted'));
    }
  }

  private async outcomeOf(
    { row, model }: OpenCall,
    received: string,
    outcome: Ending,
  ): Promise<CallOutcome> {
    const bill = await this.billing.of(model, {
      promptEstimate: row.promptEstimate ?? 0,
      received,
      counts: undefined,
      unread: false,
      startedAt: row.openedAt,
    });
    return { ...ledgeredBill(bill), outcome, ttftMs: null, durationMs: null };
  }

  /** A model that is no longer known has no known address either, and so no price but an agreed one. */
  private async modelOf({ model: id, provider }: Usage): Promise<PricedModel> {
    const known = await this.models.priced(id);
    return known ?? { id, provider: provider as PricedModel['provider'], endpoint: undefined };
  }
}
