import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TokenCounter } from '../llm/token-counter.js';
import { UsageLedger } from '../usage/usage-ledger.js';

/** After a start, brings back what the last counts of the providers had taught. */
@Injectable()
export class EarlierCounts implements OnApplicationBootstrap {
  constructor(
    private readonly usage: UsageLedger,
    private readonly counter: TokenCounter,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { model, ...prompt } of await this.usage.countedLately()) {
      this.counter.learn(model, prompt);
    }
  }
}
