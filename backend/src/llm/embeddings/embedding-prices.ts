import { Injectable } from '@nestjs/common';
import { type Cost, costOf } from '../cost.rules.js';
import { Prices } from '../prices.js';
import type { Embedder } from './embedder.js';

const PER_TOKENS = 1e6;

/** The list takes Titan V2 for V1, which costs five times as much. In dollars a million tokens. */
const CORRECTED: Readonly<Record<string, { readonly usd: number; readonly asOf: string }>> = {
  'bedrock/amazon.titan-embed-text-v2:0': { usd: 0.02, asOf: '2026-09-23' },
};

/** What making vectors costs. */
@Injectable()
export class EmbeddingPrices {
  constructor(private readonly prices: Prices) {}

  /** @returns null where no price is known; what runs on this machine costs nothing. */
  async costOf(
    { id, provider, endpoint }: Pick<Embedder, 'id' | 'provider' | 'endpoint'>,
    tokens: number,
    at: Date,
  ): Promise<Cost | null> {
    if (provider === 'local') {
      return costOf(0, 0, { source: 'this machine', asOf: at.toISOString().slice(0, 10) });
    }
    const own = CORRECTED[id];
    if (own) {
      const list = { source: 'aws.amazon.com/bedrock/pricing', asOf: own.asOf };
      return costOf((own.usd * tokens) / PER_TOKENS, 0, list);
    }
    return this.prices.costOf(
      { id, provider, endpoint },
      { prompt: tokens, cached: 0, completion: 0 },
      at,
    );
  }
}
