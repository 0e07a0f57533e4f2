import { Module } from '@nestjs/common';
import { RailEventsController } from './admin/rail-events.controller.js';
import { RailEventsRepository } from './admin/rail-events.repository.js';
import { RailEventsService } from './admin/rail-events.service.js';
import { HitsRepository } from './events/hits.repository.js';
import { RailMetrics } from './events/rail-metrics.js';
import { Guardrails } from './guardrails.js';
import { BedrockRail } from './judged/bedrock-rail.js';
import type { JudgedRail } from './judged/judged-rail.js';
import { JUDGED_RAIL_LIST, JudgedRails } from './judged/judged-rails.js';
import { SelfCheckRail } from './judged/self-check-rail.js';
import { TopicEmbeddings } from './judged/topic-embeddings.js';
import { TopicJudge } from './judged/topic-judge.js';
import { TopicVectors } from './judged/topic-vectors.js';
import { TopicWarmUp } from './judged/topic-warm-up.js';
import { EmbeddingsModule } from '../embeddings/embeddings.module.js';
import { LlmModule } from '../llm/llm.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { MaskingKey } from './masking/masking-key.js';
import { MasksRepository } from './masking/masks.repository.js';
import { PlaceholderValues } from './masking/placeholder-values.js';
import { BenchController } from './policy/bench/bench.controller.js';
import { Bench } from './policy/bench/bench.service.js';
import { ReplayLogRepository } from './policy/bench/replay-log.repository.js';
import { ReplayRepository } from './policy/bench/replay.repository.js';
import { ReplaysController } from './policy/bench/replays.controller.js';
import { PoliciesController } from './policy/policies.controller.js';
import { PoliciesService } from './policy/policies.service.js';
import { PolicyInForce } from './policy/policy.js';
import { BuiltInRails } from './policy/versions/built-in-rails.js';
import { PoliciesRepository } from './policy/versions/policies.repository.js';
import { PolicyKeeper } from './policy/versions/policy-keeper.js';
import { PolicyShelf } from './policy/versions/policy-shelf.js';
import { RailsFolder } from './policy/versions/rails-folder.js';
import { WrittenTexts } from './written-texts.js';

/** What those around the rails use. */
const SHARED = [
  Guardrails,
  HitsRepository,
  MaskingKey,
  MasksRepository,
  PlaceholderValues,
  JudgedRails,
  RailMetrics,
  WrittenTexts,
];

@Module({
  imports: [EmbeddingsModule, LlmModule, UsageModule],
  controllers: [PoliciesController, BenchController, ReplaysController, RailEventsController],
  providers: [
    Bench,
    BedrockRail,
    SelfCheckRail,
    TopicEmbeddings,
    TopicJudge,
    TopicVectors,
    TopicWarmUp,
    {
      provide: JUDGED_RAIL_LIST,
      inject: [BedrockRail, SelfCheckRail, TopicEmbeddings, TopicJudge],
      useFactory: (...rails: JudgedRail[]) => rails,
    },
    BuiltInRails,
    ...SHARED,
    PoliciesRepository,
    PoliciesService,
    PolicyKeeper,
    { provide: PolicyInForce, useExisting: PolicyKeeper },
    PolicyShelf,
    RailEventsRepository,
    RailEventsService,
    RailsFolder,
    ReplayLogRepository,
    ReplayRepository,
  ],
  exports: [...SHARED, PolicyInForce, PolicyKeeper, RailsFolder],
})
export class GuardrailsModule {}
