import { Injectable, Logger } from '@nestjs/common';
import { Guardrails } from '../../guardrails/guardrails.js';
import type { ChatModel } from '../../llm/chat-model.js';
import { costOf } from '../../llm/cost.rules.js';
import { ModelHealth } from '../../llm/model-health.js';
import { TitleModels } from '../../llm/title-models.js';
import { TokenCounter } from '../../llm/token-counter.js';

import { DomainError } from '../../platform/domain-error.js';
import type { LiveRun } from '../live-run.js';
import { PendingTitle, type Titled, UNTITLED } from '../pending-title.js';
import { isNamed, mayBeTitled } from '../title.rules.js';
import { TitlesRepository } from '../titles.repository.js';
import { callTold } from '../trace-details.js';
import { TITLE_TOKENS, titleMessages, writtenTitle } from '../written-title.rules.js';
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

/** Lets a model write the title of a conversation, while its first answer goes on. */
@Injectable()
export class WriteTitle {
  private readonly logger = new Logger(WriteTitle.name);

  constructor(
    private readonly writers: TitleModels,
    private readonly titles: TitlesRepository,
    private readonly health: ModelHealth,
    private readonly guardrails: Guardrails,
    private readonly counter: TokenCounter,
    private readonly reserve: Reserve,
    private readonly generate: Generate,
  ) {}

  /** The title of a run that begins; nothing is asked before some of its answer is there. */
  begin(run: LiveRun): PendingTitle {
    return new PendingTitle(run, this.writers.waitMs, (own) => this.write(run, own));
  }

  /** Never throws: whatever goes wrong costs the title only, and no call is forgotten. */
  private async write(run: LiveRun, own: LiveRun): Promise<Titled> {
    const calls: Call[] = [];
    try {
      const model = await this.writerOf(run);
      const fitted = model && this.fitted(run, model);
      if (!model || !fitted || own.signal.aborted || !this.health.isWell(model.id)) return UNTITLED;
      const { status } = await this.call(run, own, model, fitted, calls);
      return { title: status === 'done' ? writtenTitle(own.added) : null, calls };
    } catch (error) {
      // A limit that has no room for a title says nothing of the answer.
      if (!(error instanceof DomainError)) {
        const { postId } = run.accepted;
        this.logger.warn({ err: error, runId: run.id, postId }, 'a title was not written');
      }
      return { title: null, calls };
    }
  }

  private async writerOf({ accepted }: LiveRun): Promise<ChatModel | undefined> {
    if (!mayBeTitled(accepted)) return undefined;
    const model = await this.writers.writerFor(accepted.modelId);
    if (!model) return undefined;
    const current = await this.titles.findTitle(accepted.conversationId);
    return current && !isNamed(current, accepted.typed) ? model : undefined;
  }

  /** What the model is sent; undefined where its window is too small for that. */
  private fitted({ accepted, released }: LiveRun, model: ChatModel): Fitted | undefined {
    const messages = this.guardrails.messages(
      titleMessages(accepted.typed, released, accepted.language),
    );
    const promptEstimate = estimatedPrompt(messages);
    const used = Math.ceil(promptEstimate * this.counter.cautiousFactor(model.id));
    const limit = model.contextWindow;
    if (used + TITLE_TOKENS > limit) return undefined;
    return {
      messages,
      passages: [],
      maxOutputTokens: TITLE_TOKENS,
      context: { ...NO_TURNS, limit, used, reserved: TITLE_TOKENS },
      promptEstimate,
    };
  }

  /** The one call, which has a row of the ledger and a child of the trace of its own. */
  private async call(
    run: LiveRun,
    own: LiveRun,
    model: ChatModel,
    fitted: Fitted,
    calls: Call[],
  ): Promise<Outcome> {
    const usageId = await this.reserve.reserve(run.accepted, model, fitted, 'title');
    // From here on its row is open, and closed with the run whatever happens.
    const call: Call = { usageId, outcome: notSent() };
    calls.push(call);
    const leave = !own.signal.aborted && this.health.admit(model.id).admitted;
    let generated: Generated | undefined;
    try {
      const outcome = await run.trace.step(
        'title',
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
