import { Injectable } from '@nestjs/common';
import type { UsagePurpose } from '#db';
import type { ChatModel } from '../../llm/chat-model.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import type { AcceptedRun } from '../live-run.js';
import type { Fitted } from './fit.js';

/** Opens the ledger before a model is called: what is sent is never unaccounted for. */
@Injectable()
export class Reserve {
  constructor(private readonly usage: UsageLedger) {}

  /** @returns the ledger's open row; null for `quotes`, which calls no model. */
  async reserve(
    run: AcceptedRun,
    model: ChatModel,
    { promptEstimate }: Pick<Fitted, 'promptEstimate'>,
    purpose: UsagePurpose = 'answer',
  ): Promise<number | null> {
    if (model.provider === 'quotes') {
      return null;
    }
    return this.usage.open({
      runId: run.id,
      userId: run.userId,
      username: run.username,
      conversationId: run.conversationId,
      postId: run.postId,
      purpose,
      door: run.door,
      provider: model.provider,
      model: model.id,
      promptEstimate,
    });
  }
}
