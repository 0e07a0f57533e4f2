import { Injectable } from '@nestjs/common';
import type { UsagePurpose } from '#db';
import { Guardrails } from '../../guardrails/guardrails.js';
import type { ChatMessage, ChatModel } from '../../llm/chat-model.js';
import { costOf } from '../../llm/cost.rules.js';
import { ModelHealth } from '../../llm/model-health.js';
import { TokenCounter } from '../../llm/token-counter.js';
import type { StepName } from '../../tracing/run-trace.js';
import type { LiveRun } from '../live-run.js';
import { callTold } from '../trace-details.js';
import type { Call } from './asking.js';
import { estimatedPrompt, type Fitted, NO_TURNS } from './fit.js';
import { Generate, type Generated, NOT_ASKED, type Outcome } from './generate.js';
import { Reserve } from './reserve.js';

/** A call that was given up before it was sent: it took nothing, and cost that. */
export const notSent = (): Outcome => ({
  ...NOT_ASKED,
  status: 'stopped',
  errorCode: null,
  cost: costOf(0, 0, { source: 'not sent', asOf: new Date().toISOString().slice(0, 10) }),
});

/** What is asked beside an answer. */
export interface SideQuestion {
  readonly purpose: Extract<UsagePurpose, 'title' | 'route'>;
  /** Under which a trace shows it. */
  readonly step: StepName;
  readonly messages: readonly ChatMessage[];
  readonly maxOutputTokens: number;
}

/** Asks a model something small beside an answer: no second attempt, no other model. */
@Injectable()
export class SideCall {
  constructor(
    private readonly health: ModelHealth,
    private readonly guardrails: Guardrails,
    private readonly counter: TokenCounter,
    private readonly reserve: Reserve,
    private readonly generate: Generate,
  ) {}

  /** What the model is sent; undefined where its window is too small for that. */
  fitted(model: ChatModel, { messages, maxOutputTokens }: SideQuestion): Fitted | undefined {
    const guarded = this.guardrails.messages(messages);
    const promptEstimate = estimatedPrompt(guarded);
    const used = Math.ceil(promptEstimate * this.counter.cautiousFactor(model.id));
    const limit = model.contextWindow;
    if (used + maxOutputTokens > limit) return undefined;
    return {
      messages: guarded,
      passages: [],
      maxOutputTokens,
      context: { ...NO_TURNS, limit, used, reserved: maxOutputTokens },
      promptEstimate,
    };
  }

  /**
   * The one call, which has a row of the ledger and a child of the trace of its own.
   * @param own takes the text; stopped where the call shall end.
   * @param calls takes the call as soon as its row is open.
   * @throws {DomainError} a limit that has no room for it.
   */
  async ask(
    run: LiveRun,
    own: LiveRun,
    model: ChatModel,
    { purpose, step }: SideQuestion,
    fitted: Fitted,
    calls: Call[],
  ): Promise<Outcome> {
    const usageId = await this.reserve.reserve(run.accepted, model, fitted, purpose);
    // From here on its row is open, and closed with the run whatever happens.
    const call: Call = { usageId, outcome: notSent() };
    calls.push(call);
    const leave = !own.signal.aborted && this.health.admit(model.id).admitted;
    let generated: Generated | undefined;
    try {
      const outcome = await run.trace.step(
        step,
        async () => {
          if (!leave) return call.outcome;
          generated = await this.generate.generate(own, model, fitted, this.listener(own, model));
          return generated.outcome;
        },
        (ended) => callTold(own, model, fitted, ended, { usage_id: usageId }),
      );
      call.outcome = outcome;
      return outcome;
    } finally {
      if (generated?.failure) this.health.failed(model.id, generated.failure);
      else if (leave && !generated?.began) this.health.left(model.id);
    }
  }

  private listener(own: LiveRun, { id }: ChatModel): Parameters<Generate['generate']>[3] {
    return {
      release: (text) => {
        own.release(text);
      },
      began: () => {
        this.health.answered(id);
      },
      queued: () => undefined,
    };
  }
}
