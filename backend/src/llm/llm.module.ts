import { Module } from '@nestjs/common';
import { ConfiguredModels } from './configured-models.js';
import { EmbeddingPrices } from './embeddings/embedding-prices.js';
import { GuardrailService } from './moderation/guardrail-service.js';
import { ModelHealth } from './model-health.js';
import { Prices } from './prices.js';
import { QuotesModel } from './providers/quotes.js';
import { BUILT_IN_MODELS, MODEL_DEADLINES, ModelRegistry } from './registry.js';
import { DEADLINES } from './stream-deadlines.js';
import { RouteModels, SummaryModels, TitleModels } from './title-models.js';
import { ModelWindows } from './model-windows.js';
import { TokenCounter } from './token-counter.js';
import { Tokenizer } from './tokenizer/tokenizer.js';

/** The language models; the rest of Prosa sees only `ModelRegistry` and `ChatModel`. */
@Module({
  providers: [
    ConfiguredModels,
    EmbeddingPrices,
    GuardrailService,
    ModelRegistry,
    Prices,
    RouteModels,
    SummaryModels,
    TitleModels,
    ModelWindows,
    TokenCounter,
    { provide: Tokenizer, useFactory: () => new Tokenizer() },
    { provide: ModelHealth, useFactory: () => new ModelHealth() },
    { provide: BUILT_IN_MODELS, useFactory: () => [new QuotesModel()] },
    { provide: MODEL_DEADLINES, useValue: DEADLINES },
  ],
  exports: [
    EmbeddingPrices,
    GuardrailService,
    ModelHealth,
    ModelRegistry,
    ModelWindows,
    Prices,
    RouteModels,
    SummaryModels,
    TitleModels,
    TokenCounter,
  ],
})
export class LlmModule {}
