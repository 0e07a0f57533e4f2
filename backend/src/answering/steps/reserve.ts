import { Injectable } from '@nestjs/common';
import type { UsagePurpose } from '#db';
import { Reservations } from '../../limits/reservations.js';
import type { ChatModel } from '../../llm/chat-model.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import { CallNeed } from '../call-need.js';
import type { AcceptedRun } from '../live-run.js';
import type { Fitted } from './fit.js';

/** What of a fit a call is reserved by. */
type Reserved = Pick<Fitted, 'promptEstimate' | 'maxOutputTokens'> & {
  readonly context: Pick<Fitted['context'], 'used'>;
};

/**
 * Before each call to a model: sets aside the most that it may take, where something is limited,
 * and opens the ledger, so that what is sent is never unaccounted for.
 */
@Injectable()
export class Reserve {
  constructor(
    private readonly usage: UsageLedger,
    private readonly limits: Reservations,
    private readonly needs: CallNeed,
  ) {}

  /**
   * A call in place of one that failed takes over what that one had set aside for this purpose.
   * @param fallbacks the models that may still be asked after this one; the dearest decides.
   * @returns the ledger's open row; null for `quotes`, which calls no model.
   * @throws {DomainError} LIMIT.TOKENS, LIMIT.BUDGET, LIMIT.UNPRICED: then the call must not be sent.
   */
  async reserve(
    run: AcceptedRun,
    model: ChatModel,
    { promptEstimate, maxOutputTokens, context }: Reserved,
    purpose: UsagePurpose = 'answer',
    fallbacks: readonly string[] = [],
  ): Promise<number | null> {
    if (model.provider === 'quotes') {
      return null;
    }
    const tokens = { prompt: context.used, completion: maxOutputTokens };
    await this.limits.reserve({ id: run.userId, role: run.role }, run.id, purpose, () =>
      this.needs.of(model, tokens, fallbacks),
    );
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

  /** Whether a budget lets a model take over: not one whose price nobody knows. */
  async mayTakeOver({ userId, role }: AcceptedRun, model: ChatModel): Promise<boolean> {
    return !this.limits.hasBudget({ id: userId, role }) || this.needs.isPriced(model);
  }
}
