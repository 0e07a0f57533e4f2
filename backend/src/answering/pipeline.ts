import { Injectable, Logger } from '@nestjs/common';
import { ModelRegistry } from '../llm/registry.js';
import type { ReleasedText } from '../guardrails/guarded.js';
import type { AnswerEvent, RouteChoice } from './answer-event.js';
import { EventLog } from './event-log/event-log.js';
import type { LiveRun } from './live-run.js';
import { isRetryable } from './retryable.rules.js';
import { routeOf } from './route.rules.js';
import { Attempts } from './steps/attempts.js';
import { toSource } from './sources/found-passage.js';
import { Gather } from './steps/gather.js';
import { NOT_ASKED, type Outcome } from './steps/generate.js';
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
    private readonly gather: Gather,
    private readonly attempts: Attempts,
    private readonly titles: WriteTitle,
    private readonly settle: Settle,
    private readonly usage: TellUsage,
    private readonly summaries: SumUp,
    private readonly log: EventLog,
  ) {}

  /** Answers a run to its end. Never throws: what goes wrong is told to the run's readers. */
  async answer(run: LiveRun): Promise<void> {
    try {
      const ended = await this.attempt(run);
      if (run.stopReason === 'unkept') this.tellError(ended); // Its end may be long in coming.
      const settled = await run.trace.step('settle', () => this.settle.settle(ended));
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
    try {
      const model = await this.models.resolve(modelId);
      const chosen = await trace.step(
        'route',
        () => routeOf(model.provider, accepted.wishes.knowledge === true),
        (facts) => ({ facts: { ...facts } }),
      );
      choice = chosen;
      const emit = (event: AnswerEvent) => {
        this.emit(run, event);
      };
      emit({ type: 'route', ...chosen });
      const found = await trace.step(
        'gather',
        () => this.gather.gather(accepted, chosen.route),
        (passages) => ({ sources: passages.map(toSource) }),
      );
      const title = this.titles.begin(run);
      const release = (text: ReleasedText) => {
        this.release(run, text);
        title.heard();
      };
      const question = { run, choice: chosen, found, emit, release };
      const answered = await this.attempts.answer(question, model);
      const titled = await title.end(answered.outcome.status);
      const calls = [...titled.calls, ...answered.calls];
      return { run, choice, ...answered, title: titled.title, calls };
    } catch (error) {
      this.logger.error(
        { err: error, runId: run.id, postId: accepted.postId },
        'a run failed before its model was asked',
      );
      return {
        ...{ run, modelId, choice, sources: [], keptIds: [], fallen: NONE_FALLEN },
        ...{ title: null, outcome: NOT_ASKED, calls: [] },
      };
    }
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
    const at = run.released.length;
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
