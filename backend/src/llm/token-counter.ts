import { Injectable } from '@nestjs/common';
import {
  cautiousFactor,
  type CountedPrompt,
  type LearnedFactor,
  learned,
  likelyTokens,
  NOTHING_LEARNED,
  overflowed,
} from './token-factor.rules.js';
import { Tokenizer } from './tokenizer/tokenizer.js';
import { estimateTokens, MESSAGE_OVERHEAD } from './tokens.rules.js';

/** Beyond that many models what was learned first is forgotten: names come from whoever is asked. */
const MOST_MODELS = 200;

/** What OpenAI's models begin an answer with is counted to the prompt. */
const BEGINNING = 3;

const promptOf = (messages: readonly number[]): number =>
  messages.reduce((sum, tokens) => sum + tokens + MESSAGE_OVERHEAD, BEGINNING);

/** A call, as far as its tokens depend on it. */
export interface UncountedCall {
  /** In tokens. */
  readonly promptEstimate: number;
  readonly prompt?: readonly { readonly text: string }[] | undefined;
  /** All text that came. */
  readonly received: string;
}

/**
 * Counts tokens where no provider does. What providers counted teaches, model by model, how far the
 * estimates are off; the ledger brings that back after a restart.
 */
@Injectable()
export class TokenCounter {
  private readonly factors = new Map<string, LearnedFactor>();

  constructor(private readonly tokenizer: Tokenizer) {}

  /** A provider has counted a prompt that had been estimated. Both in tokens. */
  learn(modelId: string, prompt: CountedPrompt): void {
    this.remember(modelId, learned(this.factorOf(modelId), prompt));
  }

  /** A prompt was refused as too long that had been thought to fit. Both in tokens. */
  overflowed(
    modelId: string,
    prompt: { readonly estimated: number; readonly counted: number | undefined },
  ): void {
    this.remember(modelId, overflowed(this.factorOf(modelId), prompt));
  }

  /**
   * The tokens of a prompt's messages by the model's own tokenizer; undefined where that is not
   * known. Never throws.
   */
  async exactly(modelId: string, messages: readonly string[]): Promise<number | undefined> {
    const tokens = await this.tokenizer.count(modelId, messages);
    return tokens && promptOf(tokens);
  }

  /** By what an estimate is to be multiplied where too little would overflow a window; 1 or more. */
  cautiousFactor(modelId: string): number {
    return cautiousFactor(this.factorOf(modelId));
  }

  /** The likeliest count of a text of which nothing but an estimate is known, in tokens. */
  likely(modelId: string, estimated: number): number {
    return likelyTokens(this.factorOf(modelId), estimated);
  }

  /** Makes the next count a quick one, where it is not to be waited for. */
  async prepare(modelId: string): Promise<void> {
    await this.tokenizer.count(modelId, ['a']);
  }

  /**
   * What a call came to that no provider has counted: by the model's own tokenizer where that is
   * known, else the likeliest count. In tokens; never throws.
   * @param prompt its messages where they are still at hand.
   */
  async ofCall(modelId: string, { promptEstimate, prompt, received }: UncountedCall) {
    const texts = [...(prompt ?? []).map(({ text }) => text), received];
    const isEmpty = texts.every((text) => text === '');
    const tokens = isEmpty ? undefined : await this.tokenizer.count(modelId, texts);
    const completion = tokens?.at(-1) ?? this.likely(modelId, estimateTokens(received));
    const likely = this.likely(modelId, promptEstimate);
    return { prompt: prompt && tokens ? promptOf(tokens.slice(0, -1)) : likely, completion };
  }

  private remember(modelId: string, factor: LearnedFactor): void {
    this.factors.delete(modelId);
    this.factors.set(modelId, factor);
    const [oldest] = this.factors.keys();
    if (this.factors.size > MOST_MODELS && oldest !== undefined) this.factors.delete(oldest);
  }

  private factorOf(modelId: string): LearnedFactor {
    return this.factors.get(modelId) ?? NOTHING_LEARNED;
  }
}
