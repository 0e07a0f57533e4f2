import { Injectable } from '@nestjs/common';
import {
  cautiousFactor,
  type CountedPrompt,
  type LearnedFactor,
  learned,
  likelyTokens,
  NOTHING_LEARNED,
} from './token-factor.rules.js';
import { estimateTokens } from './tokens.rules.js';

/** Beyond that many models what was learned first is forgotten: names come from whoever is asked. */
const MOST_MODELS = 200;

/**
 * Counts tokens where no provider does. What providers counted teaches, model by model, how far the
 * estimates are off; the ledger brings that back after a restart.
 */
@Injectable()
export class TokenCounter {
  private readonly factors = new Map<string, LearnedFactor>();

  /** A provider has counted a prompt that had been estimated. Both in tokens. */
  learn(modelId: string, prompt: CountedPrompt): void {
    const factor = learned(this.factorOf(modelId), prompt);
    this.factors.delete(modelId);
    this.factors.set(modelId, factor);
    const [oldest] = this.factors.keys();
    if (this.factors.size > MOST_MODELS && oldest !== undefined) this.factors.delete(oldest);
  }

  /** By what an estimate is to be multiplied where too little would overflow a window; 1 or more. */
  cautiousFactor(modelId: string): number {
    return cautiousFactor(this.factorOf(modelId));
  }

  /** The likeliest count of a text of which nothing but an estimate is known, in tokens. */
  likely(modelId: string, estimated: number): number {
    return likelyTokens(this.factorOf(modelId), estimated);
  }

  /** The likeliest count of a text, in tokens. */
  ofText(modelId: string, text: string): number {
    return this.likely(modelId, estimateTokens(text));
  }

  private factorOf(modelId: string): LearnedFactor {
    return this.factors.get(modelId) ?? NOTHING_LEARNED;
  }
}
