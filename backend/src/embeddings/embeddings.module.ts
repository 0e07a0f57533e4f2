import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { LlmModule } from '../llm/llm.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { Embeddings } from './embeddings.js';
import { PayersRepository } from './payers.repository.js';

/** Vectors of texts, for whoever compares what is meant: documents, and topics of the guardrails. */
@Module({
  imports: [LimitsModule, LlmModule, UsageModule],
  providers: [Embeddings, PayersRepository],
  exports: [Embeddings],
})
export class EmbeddingsModule {}
