import { Injectable, Logger } from '@nestjs/common';
import { ModelRegistry } from '../llm/registry.js';
import { RailMetrics } from '../guardrails/events/rail-metrics.js';
import type { ReleasedText } from '../guardrails/guarded.js';
import { checkCitations } from '../posts/citations/check-citations.rules.js';
import type { AnswerEvent, RouteChoice } from './answer-event.js';
import { EventLog } from './event-log/event-log.js';
import type { LiveRun } from './live-run.js';
import { railEvents } from './rail-events.rules.js';
import { isRetryable } from './retryable.rules.js';
import { Attempts } from './steps/attempts.js';
import { toSource } from './sources/found-passage.js';
import type { Call } from './steps/asking.js';
import { FindRoute, type FoundRoute } from './steps/find-route.js';
import { Gather, type Gathered } from './steps/gather.js';
import { NOT_ASKED, type Outcome } from './steps/generate.js';
import { railFacts } from './rail-facts.rules.js';
import { type Ended, Settle } from './steps/settle.js';
import { SumUp } from './summary/sum-up.js';
import { TellUsage } from './steps/tell-usage.js';
import { WriteTitle } from './steps/write-title.js';
import { NONE_FALLEN } from './window/fill-window.js';
import { runTold } from './trace-details.js';

/** The way of an accepted prompt to its answer. It belongs to the server, not to a request. */
@Injectable()
export class Pipeline {
  private readonly logger = new Logger(Pipeline.name);

  constructor(
    private readonly models: ModelRegistry,
    private readonly routes: FindRoute,
    private readonly gather: Gather,
    private readonly attempts: Attempts,
    private readonly titles: WriteTitle,
    private readonly settle: Settle,
    private readonly usage: TellUsage,
    private readonly summaries: SumUp,
    private readonly log: EventLog,
    private readonly rails: RailMetrics,
  ) {}

  /** Answers a run to its end. Never throws: what goes wrong is told to the run's readers. */
  async answer(run: LiveRun): Promise<void> {
    try {
      const ended = await this.attempt(run);
      if (run.stopReason === 'unkept') this.tellError(ended); // Its end may be long in coming.
      const settled = await run.trace.step('settle', () => this.settle.settle(ended));
      this.rails.count(run.hits);
      if (settled === false) {
        const status = await this.settle.statusElsewhere(run.id);
        this.finish(run, ended.modelId, { status, errorCode: null });
      } else {
        await this.tell(ended, settled.title);
        this.summaries.after(ended);
      }
    } catch (error) {
      // The database stays away. The run is still open there; the sweeper ends it later.
      this.logger.error(
        { err: error, runId: run.id, postId: run.accepted.postId },
        'an answer could not be stored',
      );
      this.emit(run, { type: 'error', code: 'RUN.INTERRUPTED', retryable: true });
      this.finish(run, run.accepted.modelId, {
        status: 'interrupted',
        errorCode: 'RUN.INTERRUPTED',
      });
    }
  }

  private async attempt(run: LiveRun): Promise<Ended> {
    const { accepted, trace } = run;
    const { modelId } = accepted;
    let choice: RouteChoice | null = null;
    const calls: Call[] = [];
    try {
      const model = await this.models.resolve(modelId);
      const route = await trace.step(
        'route',
        () => this.routes.of(run, model),
        (found) => ({ facts: { ...found.choice } }),
      );
      ({ choice } = route);
      calls.push(...route.calls);
      const emit = (event: AnswerEvent) => {
        this.emit(run, event);
      };
      emit({ type: 'route', ...choice });
      const found = await this.found(run, route);
      run.find(found.hits);
      for (const event of railEvents(found.hits)) emit(event);
      for (const code of found.notices) emit({ type: 'notice', code });
      const title = this.titles.begin(run);
      const release = (text: ReleasedText) => {
        this.release(run, text);
        title.heard();
      };
      const question = { run, choice, found, emit, release };
      const answered = await this.attempts.answer(question, model);
      const titled = await title.end(answered.outcome.status);
      calls.push(...titled.calls, ...answered.calls);
      return { run, choice, ...answered, title: titled.title, calls };
    } catch (error) {
      this.logger.error(
        { err: error, runId: run.id, postId: accepted.postId },
        'a run failed before its model was asked',
      );
      return {
        ...{ run, modelId, choice, sources: [], keptIds: [], fallen: NONE_FALLEN },
        ...{ title: null, outcome: NOT_ASKED, calls },
      };
    }
  }

  private found({ accepted, signal, trace }: LiveRun, route: FoundRoute): Promise<Gathered> {
    const { earlier, choice } = route;
    const continued = accepted.earlierText === '' ? null : accepted.postId;
    return trace.step(
      'gather',
      () => this.gather.gather({ ...accepted, earlier, choice, continued, signal }),
      ({ passages, hits }) => ({ sources: passages.map(toSource), facts: railFacts(hits) }),
    );
  }

  private async tell(ended: Ended, title: string | null): Promise<void> {
    const { run, modelId, outcome, calls } = ended;
    if (title !== null) {
      this.emit(run, { type: 'title', title });
    }
    const isPaid = calls.some(({ usageId }) => usageId !== null);
    const usage = isPaid ? await this.usage.of(run) : undefined;
    if (usage) {
      this.emit(run, usage);
    }
    if (ended.sources.length > 0) {
      this.emit(run, { type: 'citations', checks: checkCitations(run.released, ended.sources) });
    }
    if (run.stopReason !== 'unkept') this.tellError(ended);
    this.finish(run, modelId, outcome);
  }

  private tellError(ended: Ended): void {
    const { errorCode: code } = ended.outcome;
    if (code !== null) {
      const retryable = isRetryable(code);
      this.emit(ended.run, { type: 'error', code, retryable, ...limitOf(ended) });
    }
  }

  private release(run: LiveRun, text: ReleasedText): void {
    const at = run.releasedLength;
    run.release(text);
    this.emit(run, { type: 'delta', at, text });
  }

  private emit(run: LiveRun, event: AnswerEvent): void {
    this.log.append(run.id, event);
  }

  private finish(
    run: LiveRun,
    modelId: string,
    { status, errorCode }: Pick<Outcome, 'status' | 'errorCode'>,
  ): void {
    this.emit(run, { type: 'done', status });
    run.finish(status);
    run.trace.end(runTold(run, modelId, status, errorCode));
  }
}

/** Which limit left no room, as far as its reader is told. */
function limitOf({ refusal, outcome }: Ended): { resetsAt?: string; scope?: string } {
  const { resetsAt, scope } = refusal?.details ?? {};
  const isTold = outcome.errorCode === refusal?.code;
  return isTold && typeof resetsAt === 'string' && typeof scope === 'string'
    ? { resetsAt, scope }
    : {};
}
