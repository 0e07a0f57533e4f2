import { Injectable } from '@nestjs/common';
import { isDuplicate, isOrphan } from '#db';
import { Guardrails } from '../../guardrails/guardrails.js';
import type { ChatModel } from '../../llm/chat-model.js';
import { ModelHealth } from '../../llm/model-health.js';
import { TokenCounter } from '../../llm/token-counter.js';
import type { LiveRun } from '../live-run.js';
import { estimatedPrompt, type Fitted, NO_TURNS } from '../steps/fit.js';
import { Generate, type Generated, type Outcome } from '../steps/generate.js';
import { Reserve } from '../steps/reserve.js';
import { notSent } from '../steps/side-call.js';
import { callTold, summaryTold } from '../trace-details.js';
import { CloseSummary } from './close-summary.js';
import { SummaryWorkRepository } from './summary-work.repository.js';
import { summaryMessages, type SummaryPlan, writtenSummary } from './summary.rules.js';

/** A call that can be made. */
export interface SummaryCall {
  readonly model: ChatModel;
  readonly plan: SummaryPlan;
  /** What is sent. */
  readonly fitted: Fitted;
}

/** Lets a model write a summary: one call, which is paid for and limited like any other. */
@Injectable()
export class WriteSummary {
  constructor(
    private readonly work: SummaryWorkRepository,
    private readonly guardrails: Guardrails,
    private readonly counter: TokenCounter,
    private readonly health: ModelHealth,
    private readonly reserve: Reserve,
    private readonly generate: Generate,
    private readonly end: CloseSummary,
  ) {}

  /** What the model would be sent; undefined where its window is too small for that. */
  callOf(model: ChatModel, plan: SummaryPlan, tokens: number): SummaryCall | undefined {
    const messages = this.guardrails.messages(summaryMessages(plan, tokens));
    const promptEstimate = estimatedPrompt(messages);
    const used = Math.ceil(promptEstimate * this.counter.cautiousFactor(model.id));
    const limit = model.contextWindow;
    if (used + tokens > limit) return undefined;
    const context = { ...NO_TURNS, limit, used, reserved: tokens };
    const fitted = { messages, passages: [], maxOutputTokens: tokens, context, promptEstimate };
    return { model, plan, fitted };
  }

  /**
   * Writes it, unless another process does or somebody stops it.
   * @returns false where the model was asked in vain.
   * @throws {DomainError} LIMIT.… where a limit leaves no room for it.
   */
  async write(own: LiveRun, { model, plan, fitted }: SummaryCall): Promise<boolean> {
    const { id: runId, conversationId } = own.accepted;
    const { previous, afterPostId, turns } = plan;
    const id = await this.taken({
      ...{ runId, conversationId, afterPostId, model: model.id },
      postId: turns.at(-1)?.postId ?? 0,
      posts: (previous?.posts ?? 0) + turns.length,
    });
    if (id === undefined) return true;
    let usageId: number | null = null;
    let outcome = notSent();
    let text: string | null = null;
    try {
      usageId = await this.reserve.reserve(own.accepted, model, fitted, 'summary');
      const facts = { usage_id: usageId };
      outcome = await own.trace.step(
        'summary',
        () => this.ask(own, model, fitted),
        (asked) => callTold(own, model, fitted, asked, facts),
      );
      text = outcome.status === 'done' ? writtenSummary(own.added, fitted.maxOutputTokens) : null;
    } finally {
      own.trace.end(summaryTold(own, model.id, outcome));
      await this.end.close(runId, { id, usageId, outcome, text });
    }
    return text !== null;
  }

  private async taken(summary: Parameters<SummaryWorkRepository['begin']>[0]) {
    try {
      return await this.work.begin(summary);
    } catch (error) {
      // Another process is making it, or the conversation is gone.
      if (isDuplicate(error) || isOrphan(error)) return undefined;
      throw error;
    }
  }

  private async ask(own: LiveRun, model: ChatModel, fitted: Fitted): Promise<Outcome> {
    const { id } = model;
    if (own.signal.aborted || !this.health.admit(id).admitted) return notSent();
    let generated: Generated | undefined;
    try {
      generated = await this.generate.generate(own, model, fitted, {
        release: (text) => {
          own.release(text);
        },
        began: () => {
          this.health.answered(id);
        },
        queued: () => undefined,
      });
      return generated.outcome;
    } finally {
      if (generated?.failure) this.health.failed(id, generated.failure);
      else if (!generated?.began) this.health.left(id);
    }
  }
}
