import { Module } from '@nestjs/common';
import { CommandsModule } from '../commands/commands.module.js';
import { ConversationsModule } from '../conversations/conversations.module.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { KnowledgeModule } from '../knowledge/knowledge.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { LlmModule } from '../llm/llm.module.js';
import { Redis } from '../platform/redis.js';
import { PostsModule } from '../posts/posts.module.js';
import { TracingModule } from '../tracing/tracing.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { AbandonedCalls } from './abandoned-calls.js';
import { AbandonedRuns } from './abandoned-runs.js';
import { Answering } from './answering.service.js';
import { AnswerMetrics } from './answer-metrics.js';
import { AnswerFollower } from './answer-follower.js';
import { Billing } from './billing.js';
import { CallNeed } from './call-need.js';
import { Checkpointer } from './checkpointer.js';
import { ContextPreview } from './context-preview.js';
import { EarlierCounts } from './earlier-counts.js';
import { Drain } from './drain.js';
import { EventLog } from './event-log/event-log.js';
import { MemoryEventLog } from './event-log/memory-event-log.js';
import { RedisEventLog } from './event-log/redis-event-log.js';
import { Housekeeping } from './housekeeping.js';
import { InstructionsRepository } from './instructions.repository.js';
import { LiveRuns } from './live-runs.js';
import { ModelChoice } from './model-choice.js';
import { Neighbours } from './neighbours.js';
import { OtherProcesses } from './other-processes.js';
import { PeopleRepository } from './people.repository.js';
import { Pipeline } from './pipeline.js';
import { ProcessId } from './process-id.js';
import { ProcessKeeper } from './process-keeper.js';
import { ProcessesRepository } from './processes.repository.js';
import { Runner } from './runner.js';
import { RunsRepository } from './runs.repository.js';
import { Spool } from './spool/spool.js';
import { SpoolFolder } from './spool/spool-folder.js';
import { SpoolReplay } from './spool/spool-replay.js';
import { SpoolRepository } from './spool/spool.repository.js';
import { AcceptingRepository } from './accepting.repository.js';
import { Admission } from './steps/admission.js';
import { Attempts } from './steps/attempts.js';
import { Fit } from './steps/fit.js';
import { Gather } from './steps/gather.js';
import { Generate } from './steps/generate.js';
import { GuardIn } from './steps/guard-in.js';
import { GuardPassages } from './steps/guard-passages.js';
import { AskJudge } from './steps/ask-judge.js';
import { JudgeIn } from './steps/judge-in.js';
import { JudgeOut } from './steps/judge-out.js';
import { FindRoute } from './steps/find-route.js';
import { SideCall } from './steps/side-call.js';
import { EarlierQuestionsRepository } from './routing/earlier-questions.repository.js';
import { ReadableRepository } from './routing/readable.repository.js';
import { WebSearchModule } from '../web-search/web-search.module.js';
import { PostSourcesRepository } from './post-sources.repository.js';
import { Prepare } from './steps/prepare.js';
import { Reserve } from './steps/reserve.js';
import { Settle } from './steps/settle.js';
import { CloseSummary } from './summary/close-summary.js';
import { PlanSummary } from './summary/plan-summary.js';
import { SumUp } from './summary/sum-up.js';
import { SummaryKeeper } from './summary/summary-keeper.js';
import { SummaryWorkRepository } from './summary/summary-work.repository.js';
import { WriteSummary } from './summary/write-summary.js';
import { TellUsage } from './steps/tell-usage.js';
import { WriteTitle } from './steps/write-title.js';
import { BranchIds } from './window/branch-ids.js';
import { BranchRepository } from './window/branch.repository.js';
import { FillWindow } from './window/fill-window.js';
import { MaskTurns } from './window/mask-turns.js';
import { ReadBranch } from './window/read-branch.js';
import { TitlesRepository } from './titles.repository.js';

@Module({
  imports: [
    CommandsModule,
    ConversationsModule,
    GuardrailsModule,
    KnowledgeModule,
    LimitsModule,
    LlmModule,
    PostsModule,
    TracingModule,
    UsageModule,
    WebSearchModule,
  ],
  providers: [
    {
      provide: EventLog,
      inject: [Redis],
      useFactory: (redis: Redis) =>
        redis.isConfigured ? new RedisEventLog(redis) : new MemoryEventLog(),
    },
    AbandonedCalls,
    AbandonedRuns,
    AcceptingRepository,
    Admission,
    AnswerFollower,
    AnswerMetrics,
    Answering,
    Attempts,
    Billing,
    CallNeed,
    Checkpointer,
    ContextPreview,
    EarlierCounts,
    EarlierQuestionsRepository,
    Drain,
    BranchIds,
    BranchRepository,
    FillWindow,
    FindRoute,
    Fit,
    Gather,
    Generate,
    GuardIn,
    GuardPassages,
    AskJudge,
    JudgeIn,
    JudgeOut,
    Housekeeping,
    InstructionsRepository,
    LiveRuns,
    MaskTurns,
    ModelChoice,
    Neighbours,
    OtherProcesses,
    PeopleRepository,
    Pipeline,
    PostSourcesRepository,
    ReadableRepository,
    SideCall,
    ProcessId,
    ProcessKeeper,
    ProcessesRepository,
    Prepare,
    ReadBranch,
    Reserve,
    Runner,
    RunsRepository,
    Settle,
    Spool,
    SpoolFolder,
    SpoolReplay,
    SpoolRepository,
    CloseSummary,
    PlanSummary,
    SumUp,
    SummaryKeeper,
    SummaryWorkRepository,
    TellUsage,
    WriteSummary,
    TitlesRepository,
    WriteTitle,
  ],
  exports: [Answering, AnswerFollower, ContextPreview, Drain, Neighbours, ProcessKeeper],
})
export class AnsweringModule {}
