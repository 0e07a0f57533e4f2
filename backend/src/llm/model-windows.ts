import { Injectable } from '@nestjs/common';
import type { ChatModel } from './chat-model.js';
import type { Overflow } from './overflow.rules.js';
import { TokenCounter } from './token-counter.js';

/** Beyond that many models what was learned first is forgotten: names come from whoever is asked. */
const MOST_MODELS = 200;

/** How much models take, as far as their providers have said so since the start. */
@Injectable()
export class ModelWindows {
  private readonly limits = new Map<string, number>();

  constructor(private readonly counter: TokenCounter) {}

  /** Tokens that prompt and answer share: what is known of the model, or less where it says so. */
  of({ id, contextWindow }: Pick<ChatModel, 'id' | 'contextWindow'>): number {
    return Math.min(contextWindow, this.limits.get(id) ?? Infinity);
  }

  /**
   * A provider has refused a prompt as too long. Where it names its limit, that holds from now on;
   * where it does not, more is thought of each text that the model is sent.
   * @param estimated the prompt, in estimated tokens.
   */
  overflowed(model: Pick<ChatModel, 'id' | 'contextWindow'>, estimated: number, told: Overflow) {
    const { limit, counted } = told;
    if (limit !== undefined && limit < this.of(model)) {
      this.limits.delete(model.id);
      this.limits.set(model.id, limit);
      const [oldest] = this.limits.keys();
      if (this.limits.size > MOST_MODELS && oldest !== undefined) this.limits.delete(oldest);
      if (counted === undefined) return;
    }
    this.counter.overflowed(model.id, { estimated, counted });
  }
}
