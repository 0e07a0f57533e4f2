import { Injectable, Logger } from '@nestjs/common';
import { ModelHealth } from '../../llm/model-health.js';
import { RouteModels } from '../../llm/title-models.js';
import type { ChatModel } from '../../llm/chat-model.js';
import { searchedFor } from '../../commands/expand-command.rules.js';
import { DomainError } from '../../platform/domain-error.js';
import { Guardrails } from '../../guardrails/guardrails.js';
import { RunTrace } from '../../tracing/run-trace.js';
import { WebSearch } from '../../web-search/web-search.js';
import type { RouteChoice } from '../answer-event.js';
import { type AcceptedRun, LiveRun } from '../live-run.js';
import { EarlierQuestionsRepository } from '../routing/earlier-questions.repository.js';
import { type Readable, ReadableRepository } from '../routing/readable.repository.js';
import { type Judged, judgeRoute } from '../routing/route.rules.js';
import {
  ROUTE_TOKENS,
  routeMessages,
  type RouteQuestion,
  routeSaid,
} from '../routing/route-question.rules.js';
import type { Call } from './asking.js';
import { SideCall, type SideQuestion } from './side-call.js';

/** How long an answer waits to be told where to look, in milliseconds. */
const PATIENCE_MS = 1500;

/** How long after that a model may take to tell what it counted. */
const GRACE_MS = 100;

/** Where an answer looks, and what was learned on the way. */
export interface FoundRoute {
  readonly choice: RouteChoice;
  /** What was asked before, where the question goes on from that; oldest first. */
  readonly earlier: readonly string[];
  /** What judging it took. */
  readonly calls: readonly Call[];
}

/** Of a run: what its route depends on. */
export type RouteRequest = Pick<
  AcceptedRun,
  'userId' | 'parentId' | 'wishes' | 'prompt' | 'typed' | 'isVisitor' | 'role' | 'door' | 'language'
> & { readonly conversationId: number | null };

const NOTHING: Readable = { collections: [], attachments: [] };

/** Decides where an answer looks: by the person, by rules, and only where they cannot tell by a model. */
@Injectable()
export class FindRoute {
  private readonly logger = new Logger(FindRoute.name);

  constructor(
    private readonly readable: ReadableRepository,
    private readonly questions: EarlierQuestionsRepository,
    private readonly web: WebSearch,
    private readonly models: RouteModels,
    private readonly health: ModelHealth,
    private readonly calls: SideCall,
    private readonly guardrails: Guardrails,
  ) {}

  /** The route of a run. Never throws for a model that does not say: the rules' choice stands. */
  async of(run: LiveRun, model: ChatModel): Promise<FoundRoute> {
    const { judged, earlier, readable } = await this.byRules(run.accepted, model);
    const { unsure, ...choice } = judged;
    const mayAsk = unsure && (this.web.on || readable.collections.length > 0);
    if (!mayAsk) return { choice, earlier, calls: [] };
    const calls: Call[] = [];
    const route = await this.byModel(
      run,
      {
        question: searchedFor(run.accepted.typed, run.accepted.prompt),
        earlier: earlier.at(-1) ?? null,
        collections: allowed(run.accepted, 'knowledge') ? readable.collections : [],
        web: this.web.on && allowed(run.accepted, 'web'),
      },
      calls,
    );
    return { choice: route === undefined ? choice : { route, reason: 'model' }, earlier, calls };
  }

  /** The same by the rules alone: nothing is asked and nothing is spent. */
  async byRules(
    asked: RouteRequest,
    { provider }: Pick<ChatModel, 'provider'>,
  ): Promise<{ judged: Judged; earlier: readonly string[]; readable: Readable }> {
    const { userId, conversationId, parentId, wishes } = asked;
    const question = searchedFor(asked.typed, asked.prompt);
    const [readable, earlier] = await Promise.all([
      wishes.knowledge === false || asked.isVisitor === true
        ? NOTHING
        : this.readable.of(userId, conversationId),
      this.questions.before(question, parentId),
    ]);
    const guarded = earlier.map((text) => this.guardrails.query(text, asked));
    const judged = judgeRoute({
      ...{ question, earlier: guarded[0] ?? null, wishes, provider },
      ...{ web: this.web.on, ...readable, now: new Date() },
    });
    return { judged, earlier: guarded, readable };
  }

  private async byModel(run: LiveRun, asked: RouteQuestion, calls: Call[]) {
    const own = new LiveRun(run.accepted, new RunTrace(null));
    const stop = () => {
      own.stop('stopped');
    };
    const late = setTimeout(stop, PATIENCE_MS);
    run.signal.addEventListener('abort', stop, { once: true });
    try {
      const model = await this.models.writerFor(run.accepted.modelId);
      if (!model || !this.health.isWell(model.id)) return undefined;
      const question: SideQuestion = {
        ...{ purpose: 'route', step: 'route model', maxOutputTokens: ROUTE_TOKENS },
        messages: routeMessages(asked),
      };
      const fitted = this.calls.fitted(model, question);
      if (!fitted || own.signal.aborted) return undefined;
      const asking = this.calls.ask(run, own, model, question, fitted, calls);
      asking.catch(() => undefined); // Told below, unless it is too late for that.
      await Promise.race([asking, stopped(own)]);
      return routeSaid(own.added, asked);
    } catch (error) {
      // A limit that has no room for it says nothing of the answer.
      if (!(error instanceof DomainError)) {
        this.logger.warn({ err: error, runId: run.id }, 'a route was not judged');
      }
      return undefined;
    } finally {
      clearTimeout(late);
      run.signal.removeEventListener('abort', stop);
    }
  }
}

/** Some models do not hear that they are to stop: the answer does not wait for them. */
const stopped = ({ signal }: LiveRun): Promise<void> =>
  new Promise((resolve) => {
    const end = () => setTimeout(resolve, GRACE_MS);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });

/** What a person said no to is not offered to a model either. */
const allowed = ({ wishes }: AcceptedRun, to: 'web' | 'knowledge'): boolean => wishes[to] !== false;
