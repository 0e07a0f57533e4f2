import { Injectable } from '@nestjs/common';
import type { ChatMessage, ModelEvent } from '../llm/chat-model.js';
import { billedTokens, type Cost } from '../llm/cost.rules.js';
import { type PricedModel, Prices } from '../llm/prices.js';
import { TokenCounter } from '../llm/token-counter.js';

/** A provider's own counts. */
export type Counts = Extract<ModelEvent, { type: 'usage' }>;

/** What is known of a call that has ended. */
export interface EndedCall {
  /** The prompt, as it was estimated before the call; in tokens. */
  readonly promptEstimate: number;
  /** Its messages, where they are still at hand. */
  readonly prompt?: readonly ChatMessage[];
  /** All text that came, were it never shown. */
  readonly received: string;
  /** Undefined where the provider gave none. */
  readonly counts: Counts | undefined;
  /** Whether it was refused before the prompt was read: a provider counts nothing for that. */
  readonly unread: boolean;
  readonly startedAt: Date;
}

/** What a call is billed for, and at what price. */
export interface Bill {
  readonly promptTokens: number;
  readonly cachedTokens: number | null;
  readonly completionTokens: number;
  /** Whether the counts are ours. */
  readonly estimated: boolean;
  /** Null where no price is known. */
  readonly cost: Cost | null;
  /** Who is paid, by the price list's name; null: nobody that it knows. */
  readonly payee: string | null;
}

/** Makes the bill of each call to a model, whatever it was for and however it ended. */
@Injectable()
export class Billing {
  constructor(
    private readonly prices: Prices,
    private readonly counter: TokenCounter,
  ) {}

  /** Makes the next bill of a model a quick one: a transaction may be waiting for it. */
  async prepare({ id }: PricedModel): Promise<void> {
    await this.counter.prepare(id);
  }

  /** Never throws: an answer does not fail for its bill. What the provider counted is learned from. */
  async of(model: PricedModel, call: EndedCall): Promise<Bill> {
    const tokens = await this.tokensOf(model, call);
    const { promptTokens, cachedTokens, completionTokens } = tokens;
    const billed = billedTokens(promptTokens, cachedTokens, completionTokens);
    const cost = await this.prices.costOf(model, billed, call.startedAt);
    return { ...tokens, cost, payee: await this.prices.payee(model) };
  }

  /** The provider's counts, or ours where it gave none. */
  private async tokensOf(
    { id }: PricedModel,
    { counts, unread, ...call }: EndedCall,
  ): Promise<Omit<Bill, 'cost' | 'payee'>> {
    if (counts) {
      const { promptTokens, cachedTokens = null, completionTokens } = counts;
      this.counter.learn(id, { estimated: call.promptEstimate, counted: promptTokens });
      return { promptTokens, cachedTokens, completionTokens, estimated: false };
    }
    const { prompt, completion } = unread
      ? { prompt: 0, completion: 0 }
      : await this.counter.ofCall(id, call);
    return {
      promptTokens: prompt,
      cachedTokens: null,
      completionTokens: completion,
      estimated: true,
    };
  }
}
