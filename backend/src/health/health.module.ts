import { Module } from '@nestjs/common';
import { AnsweringModule } from '../answering/answering.module.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { KnowledgeModule } from '../knowledge/knowledge.module.js';
import { LlmModule } from '../llm/llm.module.js';
import { HealthController } from './health.controller.js';
import { HealthRepository } from './health.repository.js';
import { HealthService } from './health.service.js';
import { NoticesController } from './notices.controller.js';

@Module({
  imports: [AnsweringModule, GuardrailsModule, KnowledgeModule, LlmModule],
  controllers: [HealthController, NoticesController],
  providers: [HealthRepository, HealthService],
})
export class HealthModule {}
