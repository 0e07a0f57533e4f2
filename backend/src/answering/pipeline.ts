import { Injectable, Logger } from '@nestjs/common';
import type { PostStatus } from '#db';
import { usdOf } from '../llm/cost.rules.js';
import { ModelRegistry } from '../llm/registry.js';
import type { ReleasedText } from '../guardrails/guarded.js';
import type { ErrorCode } from '../platform/error-codes.js';
import type { AnswerEvent, AnswerSource, Route } from './answer-event.js';
import { EventLog } from './event-log/event-log.js';
import type { LiveRun } from './live-run.js';
import { isRetryable } from './retryable.rules.js';
import { routeOf } from './route.rules.js';
import { Fit } from './steps/fit.js';
import { Gather, toSource } from './steps/gather.js';
import { Generate, type Outcome, type Told } from './steps/generate.js';
import { Reserve } from './steps/reserve.js';
import { type Ended, Settle } from './steps/settle.js';
import { callTold, contextTold, runTold } from './trace-details.js';

/** The end of a run whose model was never asked. */
const FAILED: Outcome = {
  status: 'failed',
  errorCode: 'SERVER.ERROR',
  promptTokens: 0,
  cachedTokens: null,
  completionTokens: 0,
  estimated: true,
  cost: null,
  payee: null,
  ttftMs: null,
  durationMs: 0,
};

/** The way of an accepted prompt to its answer. It belongs to the server, not to a request. */
@Injectable()
export class Pipeline {
  private readonly logger = new Logger(Pipeline.name);

  constructor(
    private readonly models: ModelRegistry,
    private readonly gather: Gather,
    private readonly fit: Fit,
    private readonly reserve: Reserve,
    private readonly generate: Generate,
    private readonly settle: Settle,
    private readonly log: EventLog,
  ) {}

  /** Answers a run to its end. Never throws: what goes wrong is told to the run's readers. */
  async answer(run: LiveRun): Promise<void> {
    try {
      const ended = await this.attempt(run);
      const settled = await run.trace.step('settle', () => this.settle.settle(ended));
      if (settled === false) {
        // Its conversation was deleted for good, or another process has ended it.
        this.finish(run, run.stopReason === 'stopped' ? 'stopped' : 'interrupted', null);
      } else {
        this.tell(ended, settled.title);
      }
    } catch (error) {
      // The database stays away. The run is still open there; the sweeper ends it later.
      this.logger.error(
        { err: error, runId: run.id, postId: run.accepted.postId },
        'an answer could not be stored',
      );
      this.emit(run, { type: 'error', code: 'RUN.INTERRUPTED', retryable: true });
      this.finish(run, 'interrupted', 'RUN.INTERRUPTED');
    }
  }

  private async attempt(run: LiveRun): Promise<Ended> {
    const { accepted, trace } = run;
    const { modelId } = accepted;
    let route: Route | null = null;
    let sources: readonly AnswerSource[] = [];
    let usageId: number | null = null;
    let outcome = FAILED;
    try {
      const model = await this.models.resolve(modelId);
      const choice = await trace.step(
        'route',
        () => routeOf(model.provider, accepted.knowledge),
        (facts) => ({ facts: { ...facts } }),
      );
      ({ route } = choice);
      this.emit(run, { type: 'route', ...choice });
      const found = await trace.step(
        'gather',
        () => this.gather.gather(accepted, choice.route),
        (passages) => ({ sources: passages.map(toSource) }),
      );
      const fitted = await trace.step(
        'fit',
        () => this.fit.fit(accepted, model, found),
        ({ context }) => contextTold(context),
      );
      sources = fitted.passages.map(toSource);
      if (sources.length > 0) {
        run.standOn(choice.route, sources);
        this.emit(run, { type: 'sources', sources });
      }
      this.emit(run, { type: 'context', ...fitted.context });
      usageId = await trace.step('reserve', () => this.reserve.reserve(accepted, model));
      outcome = await trace.step(
        'generate',
        () => this.generate.generate(run, model, fitted, this.readersOf(run)),
        (ended) => callTold(run, model, fitted, ended),
      );
    } catch (error) {
      this.logger.error(
        { err: error, runId: run.id, postId: run.accepted.postId },
        'a run failed before its model was asked',
      );
    }
    return { run, modelId, route, sources, outcome, usageId };
  }

  private tell({ run, modelId, outcome, usageId }: Ended, title: string | null): void {
    if (title !== null) {
      this.emit(run, { type: 'title', title });
    }
    if (usageId !== null) {
      this.emit(run, usageEvent(modelId, outcome));
    }
    if (outcome.errorCode !== null) {
      this.emit(run, {
        type: 'error',
        code: outcome.errorCode,
        retryable: isRetryable(outcome.errorCode),
      });
    }
    this.finish(run, outcome.status, outcome.errorCode);
  }

  /** Passes on to a run's readers what its model says. */
  private readersOf(run: LiveRun): Told {
    return {
      text: (text) => {
        this.release(run, text);
      },
      queued: (position) => {
        this.emit(run, { type: 'queued', position });
      },
    };
  }

  private release(run: LiveRun, text: ReleasedText): void {
    const at = run.released.length;
    run.release(text);
    this.emit(run, { type: 'delta', at, text });
  }

  private emit(run: LiveRun, event: AnswerEvent): void {
    this.log.append(run.id, event);
  }

  private finish(run: LiveRun, status: PostStatus, errorCode: ErrorCode | null): void {
    this.emit(run, { type: 'done', status });
    run.finish(status);
    run.trace.end(runTold(run, status, errorCode));
  }
}

const usageEvent = (model: string, outcome: Outcome): AnswerEvent => ({
  type: 'usage',
  model,
  promptTokens: outcome.promptTokens,
  completionTokens: outcome.completionTokens,
  estimated: outcome.estimated,
  costUsd: usdOf(outcome.cost?.totalNanoUsd ?? null),
  ttftMs: outcome.ttftMs,
  durationMs: outcome.durationMs,
});
