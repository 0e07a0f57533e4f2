import { Injectable } from '@nestjs/common';
import type { Need } from '../limits/reservations.js';
import { billedTokens } from '../llm/cost.rules.js';
import { type PricedModel, Prices } from '../llm/prices.js';
import { ModelRegistry } from '../llm/registry.js';

/** The most tokens that a call may take. */
export interface CallTokens {
  readonly prompt: number;
  readonly completion: number;
}

const NOTHING: Need = { tokens: 0, nanoUsd: 0 };

/** Tells what must be set aside before a model is called. */
@Injectable()
export class CallNeed {
  constructor(
    private readonly models: ModelRegistry,
    private readonly prices: Prices,
  ) {}

  /**
   * What a call may take at most, at the price of the dearest model that may still take over; those
   * whose price nobody knows may not. Money is null where the price of the model itself is unknown.
   */
  async of(
    model: PricedModel,
    { prompt, completion }: CallTokens,
    fallbacks: readonly string[] = this.models.fallbacks(model.id),
  ): Promise<Need> {
    if (model.provider === 'quotes') return NOTHING;
    const tokens = prompt + completion;
    const priceOf = async (some: PricedModel) => {
      const cost = await this.prices.costOf(
        some,
        billedTokens(prompt, null, completion),
        new Date(),
      );
      return cost?.totalNanoUsd ?? null;
    };
    const own = await priceOf(model);
    if (own === null) return { tokens, nanoUsd: null };
    const others = await Promise.all(
      fallbacks.map(async (id) => {
        const other = await this.models.priced(id);
        return (other && (await priceOf(other))) ?? 0;
      }),
    );
    return { tokens, nanoUsd: Math.max(own, ...others) };
  }

  /** Whether the price of a model is known. */
  async isPriced(model: PricedModel): Promise<boolean> {
    const { nanoUsd } = await this.of(model, { prompt: 1, completion: 1 }, []);
    return nanoUsd !== null;
  }
}
