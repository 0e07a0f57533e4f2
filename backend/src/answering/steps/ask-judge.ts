import { Injectable } from '@nestjs/common';
import type { AskModel, JudgedRun } from '../../guardrails/judged/judged-rail.js';
import type { ChatMessage, ChatModel, ModelEvent } from '../../llm/chat-model.js';
import { ModelRegistry } from '../../llm/registry.js';
import { RouteModels } from '../../llm/title-models.js';
import { estimateTokens, MESSAGE_OVERHEAD } from '../../llm/tokens.rules.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import { Billing, type Counts } from '../billing.js';
import { ledgeredBill } from './ledgered.js';

/** Of what a model says about a text, the first word counts. */
const ENOUGH = 200;

/** What came of asking. */
interface Said {
  text: string;
  counts: Counts | undefined;
  ended: boolean;
}

/** Has a model judge a text: a call of its own in the ledger, closed at once. */
@Injectable()
export class AskJudge {
  constructor(
    private readonly models: ModelRegistry,
    private readonly cheapest: RouteModels,
    private readonly billing: Billing,
    private readonly usage: UsageLedger,
  ) {}

  /** @param modelId of the answer: where no judge is named, the cheapest beside it is asked. */
  of(run: JudgedRun, modelId: string): AskModel {
    return async ({ model: named, prompt, maxOutputTokens, signal }) => {
      const model = await (named === undefined
        ? this.cheapest.writerFor(modelId)
        : this.models.resolve(named));
      if (!model || model.provider === 'quotes') throw new Error('There is no model to judge');
      return this.ask(run, model, [{ role: 'user', text: prompt }], { maxOutputTokens, signal });
    };
  }

  private async ask(
    run: JudgedRun,
    model: ChatModel,
    messages: readonly ChatMessage[],
    limits: { readonly maxOutputTokens: number; readonly signal: AbortSignal },
  ): Promise<string> {
    const promptEstimate = messages.reduce(
      (sum, { text }) => sum + estimateTokens(text) + MESSAGE_OVERHEAD,
      0,
    );
    const usageId = await this.usage.open({
      ...{ ...run, purpose: 'guardrail', provider: model.provider, model: model.id },
      promptEstimate,
    });
    const startedAt = new Date();
    const said: Said = { text: '', counts: undefined, ended: false };
    try {
      const options = { ...limits, passages: [], locale: 'en', asker: String(run.userId) };
      for await (const event of model.stream(messages, options)) {
        hear(event, said);
        if (said.text.length > ENOUGH) break;
      }
      if (!said.ended && said.text === '') throw new Error('The model said nothing');
      return said.text;
    } finally {
      const bill = await this.billing.of(model, {
        ...{ promptEstimate, prompt: messages, received: said.text, counts: said.counts },
        ...{ unread: false, startedAt },
      });
      await this.usage.closeNow(usageId, {
        ...ledgeredBill(bill),
        outcome: said.ended ? 'done' : 'interrupted',
        ttftMs: null,
        durationMs: Date.now() - startedAt.getTime(),
      });
    }
  }
}

function hear(event: ModelEvent, said: Said): void {
  switch (event.type) {
    case 'text':
      said.text += event.text;
      break;
    case 'usage':
      said.counts = event;
      break;
    case 'finish':
      said.ended = true;
      break;
    case 'queued':
    case 'guarded':
      break;
  }
}
