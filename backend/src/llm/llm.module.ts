import { Module } from '@nestjs/common';
import { Prices } from './prices.js';
import { QuotesModel } from './providers/quotes.js';
import { BUILT_IN_MODELS, MODEL_DEADLINES, ModelRegistry } from './registry.js';
import { DEADLINES } from './stream-deadlines.js';

/** The language models; the rest of Prosa sees only `ModelRegistry` and `ChatModel`. */
@Module({
  providers: [
    ModelRegistry,
    Prices,
    { provide: BUILT_IN_MODELS, useFactory: () => [new QuotesModel()] },
    { provide: MODEL_DEADLINES, useValue: DEADLINES },
  ],
  exports: [ModelRegistry, Prices],
})
export class LlmModule {}
