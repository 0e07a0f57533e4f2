import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { ChatModel } from '../../llm/chat-model.js';
import { ModelHealth } from '../../llm/model-health.js';
import { ModelWindows } from '../../llm/model-windows.js';
import { ModelRegistry } from '../../llm/registry.js';
import { DomainError } from '../../platform/domain-error.js';
import { UsageLedger } from '../../usage/usage-ledger.js';
import { AnswerMetrics } from '../answer-metrics.js';
import { GuardFailure } from '../../guardrails/guard-failure.js';
import type { JudgedOutput } from '../../guardrails/output/judged-output.js';
import type { LiveRun } from '../live-run.js';
import { type FailedAttempt, nextAttempt, type NextAttempt } from '../next-attempt.rules.js';
import { railEvents } from '../rail-events.rules.js';
import { callTold, contextTold } from '../trace-details.js';
import { type Answered, type Asking, type Call, nobodyAsked, type Question } from './asking.js';
import { Fit, type Fitted, type FittedConversation } from './fit.js';
import { toSource } from '../sources/found-passage.js';
import { type Generated, Generate, type Listener, NOT_ASKED, type Outcome } from './generate.js';
import { afterJudging, JudgeOut } from './judge-out.js';
import { ledgered } from './ledgered.js';
import { Reserve } from './reserve.js';

/** Asks the model, again where that may help, and another where it does not: all before any text. */
@Injectable()
export class Attempts {
  private readonly logger = new Logger(Attempts.name);

  constructor(
    private readonly models: ModelRegistry,
    private readonly health: ModelHealth,
    private readonly windows: ModelWindows,
    private readonly fit: Fit,
    private readonly reserve: Reserve,
    private readonly generate: Generate,
    private readonly metrics: AnswerMetrics,
    private readonly usage: UsageLedger,
    private readonly judges: JudgeOut,
  ) {}

  /** Never throws: whatever goes wrong is told by the outcome, and no call is forgotten. */
  async answer(question: Question, first: ChatModel): Promise<Answered> {
    const { run } = question;
    const asking = nobodyAsked(first);
    try {
      await this.askInTurn(question, first, asking);
    } catch (error) {
      this.giveUp(run, asking, error);
    }
    if (run.stopReason !== undefined && asking.outcome.status === 'failed') {
      asking.outcome = stopped(run, asking.outcome);
    }
    this.metrics.countAnswer(asking.model, asking.outcome.status);
    return { ...asking, modelId: asking.model.id };
  }

  private giveUp(run: LiveRun, asking: Asking, error: unknown): void {
    if (error instanceof DomainError && error.code.startsWith('LIMIT.')) {
      asking.outcome = { ...NOT_ASKED, errorCode: error.code };
      asking.refusal = error;
      return;
    }
    if (error instanceof GuardFailure) {
      run.find([error.hit]);
      asking.outcome = { ...NOT_ASKED, errorCode: error.code };
      return;
    }
    const { postId } = run.accepted;
    this.logger.error({ err: error, runId: run.id, postId }, 'a model could not be asked');
    asking.outcome = NOT_ASKED;
  }

  private async askInTurn(question: Question, first: ChatModel, asking: Asking): Promise<void> {
    const waiting = [...this.models.fallbacks(first.id)];
    let model: ChatModel | undefined = first;
    while (model) {
      const failed: FailedAttempt | undefined = await this.askOne(question, model, waiting, asking);
      if (!failed) return;
      model = await this.takeOver(question, model, failed, waiting);
      asking.model = model ?? asking.model;
    }
  }

  /** Asks one model until it answers or is given up. @returns why another should be asked. */
  private async askOne(
    question: Question,
    model: ChatModel,
    waiting: readonly string[],
    asking: Asking,
  ): Promise<FailedAttempt | undefined> {
    const { run } = question;
    let fitted = await this.fitted(question, model, asking);
    for (let ofModel = 0; ;) {
      const leave = this.health.admit(model.id);
      const generated = leave.admitted
        ? await this.call(question, model, { ...fitted, waiting }, asking)
        : { outcome: NOT_ASKED, failed: resting(leave) };
      if (leave.admitted) ofModel += 1;
      const { failed } = generated;
      asking.outcome = failed
        ? { ...generated.outcome, errorCode: failed.code }
        : generated.outcome;
      if (!failed || run.signal.aborted) return undefined;
      const course = {
        ofModel,
        ofRun: asking.calls.length,
        waitedMs: asking.waitedMs,
        hasFallback: waiting.some((id) => this.health.problem(id) === undefined),
        mayRefit: holdsMore(fitted),
      };
      const next = this.next(model, failed, course);
      if (next.next === 'refit') {
        fitted = await this.fitted(question, model, asking);
        if (fitted.context.excess > 0) return failed;
        question.emit({ type: 'notice', code: 'MODEL.REFITTED', model: model.id, from: model.id });
        continue;
      }
      if (next.next !== 'retry') return next.next === 'fallback' ? failed : undefined;
      if (!(await this.backOff(run, next.delayMs, asking))) return undefined;
    }
  }

  private next(
    model: ChatModel,
    failed: FailedAttempt,
    course: Omit<Parameters<typeof nextAttempt>[1], 'mayRetry'>,
  ): NextAttempt {
    const random = Math.random();
    const next = nextAttempt(failed, { ...course, mayRetry: true }, random);
    // What was not sent is no retry; the first call is still to come.
    const isFree = next.next !== 'retry' || course.ofModel === 0;
    return isFree || this.health.takeRetry(model.id)
      ? next
      : nextAttempt(failed, { ...course, mayRetry: false }, random);
  }

  /** @returns false when the run was stopped meanwhile: at once. */
  private async backOff(run: LiveRun, delayMs: number, asking: Asking): Promise<boolean> {
    asking.waitedMs += delayMs;
    const { signal } = run;
    await wait(delayMs, undefined, { signal }).catch(() => undefined);
    run.trace.note('wait', delayMs, { delay_ms: delayMs });
    return !signal.aborted;
  }

  /** The next model that may be asked and that the prompt fits; its readers are told. */
  private async takeOver(
    { run, emit }: Question,
    failing: ChatModel,
    { code }: FailedAttempt,
    waiting: string[],
  ): Promise<ChatModel | undefined> {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      if (this.health.problem(id) !== undefined) continue;
      const model = await this.models.resolve(id).catch(() => undefined);
      const isTooSmall =
        code === 'MODEL.OVERFLOW' && model && this.windows.of(model) <= this.windows.of(failing);
      const mayBe = model && !isTooSmall && (await this.hasRoom(model, run));
      if (mayBe && (await this.reserve.mayTakeOver(run.accepted, model))) {
        emit({ type: 'notice', code: 'MODEL.FALLBACK', model: model.id, from: failing.id });
        return model;
      }
    }
    return undefined;
  }

  private async hasRoom(model: ChatModel, { accepted }: LiveRun): Promise<boolean> {
    try {
      await this.fit.requireRoom(model, accepted);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /** What this model will be sent; its readers are told what of the conversation that is. */
  private async fitted(
    { run, choice, found, emit }: Question,
    model: ChatModel,
    asking: Asking,
  ): Promise<FittedConversation> {
    const fitted = await run.trace.step(
      'fit',
      () => this.fit.fit(run.accepted, model, found),
      ({ context }) => contextTold(context),
    );
    // What is there already cites those that it was written with.
    const goesOn = run.accepted.earlierText !== '';
    const sources = (goesOn ? found : fitted).passages.map(toSource);
    if (sources.length > 0 || asking.sources.length > 0) {
      run.standOn(choice, sources);
      emit({ type: 'sources', sources });
    }
    asking.sources = sources;
    asking.keptIds = fitted.keptIds;
    asking.fallen = fitted.fallen;
    emit({ type: 'context', ...fitted.context });
    return fitted;
  }

  /** One call, which has a row of the ledger and a child of the trace of its own. */
  private async call(
    { run, emit, release }: Question,
    model: ChatModel,
    fitted: Fitted & { readonly waiting: readonly string[] },
    asking: Asking,
  ): Promise<Generated> {
    const { id } = model;
    let generated: Generated | undefined;
    try {
      const usageId = await run.trace.step('reserve', () =>
        this.reserve.reserve(run.accepted, model, fitted, 'answer', fitted.waiting),
      );
      // From here on its row is open, and closed with the run whatever happens.
      const call: Call = { usageId, outcome: NOT_ASKED };
      asking.calls.push(call);
      const judged = this.judges.begin(run, model, release);
      const listener: Listener = {
        release: judged ? (text) => judged.push(text) : release,
        ...(judged ? { over: judged.signal } : {}),
        began: () => {
          this.health.answered(id);
        },
        queued: (position) => {
          emit({ type: 'queued', position });
        },
        found: (hits) => {
          run.find(hits);
          for (const event of railEvents(hits)) emit(event);
        },
      };
      generated = await run.trace.step(
        'generate',
        () => this.generated(run, model, fitted, listener, judged),
        ({ outcome }) =>
          callTold(run, model, fitted, outcome, {
            usage_id: usageId,
            attempt: asking.calls.length,
          }),
      );
      call.outcome = generated.outcome;
      if (generated.failed) await this.closeNow(call);
      return generated;
    } finally {
      const failure = generated?.failure;
      if (failure?.kind === 'OVERFLOW') {
        this.windows.overflowed(model, fitted.promptEstimate, failure.overflow);
      }
      if (failure) this.health.failed(id, failure);
      else if (!generated?.began) this.health.left(id);
    }
  }

  /** The call, and where rails take their time, the end of their judging. */
  private async generated(
    run: LiveRun,
    model: ChatModel,
    fitted: Fitted,
    listener: Listener,
    judged: JudgedOutput | undefined,
  ): Promise<Generated> {
    const guardrail = this.judges.inModel(run, model);
    const generated = await this.generate.generate(run, model, { ...fitted, guardrail }, listener);
    await this.judges.paid(run, guardrail, generated);
    if (!judged) return generated;
    await judged.end();
    listener.found?.(judged.hits());
    return afterJudging(generated, judged, run);
  }

  /** Its run goes on, and may be killed: what is known of this call is written before that. */
  private async closeNow({ usageId, outcome }: Call): Promise<void> {
    if (usageId === null) return;
    await this.usage.closeNow(usageId, ledgered(outcome)).catch((error: unknown) => {
      // Closed with its run then.
      this.logger.warn({ err: error, usageId }, 'a call could not be closed at once');
    });
  }
}

/** Whether a model was sent anything that can be left out. */
const holdsMore = ({ context, passages }: Fitted): boolean =>
  context.begins !== null || context.kept.length > 0 || passages.length > 0;

/** A model that is left alone fails as it last did, without being asked. */
const resting = (leave: Extract<ReturnType<ModelHealth['admit']>, { admitted: false }>) => ({
  code: `MODEL.${leave.kind}` as const,
  retryAfterMs: leave.retryInMs,
  renewed: false,
});

/** A run that was stopped while it waited has no failure to tell. */
function stopped({ stopReason }: LiveRun, outcome: Outcome): Outcome {
  return stopReason === 'stopped'
    ? { ...outcome, status: 'stopped', errorCode: null }
    : { ...outcome, status: 'interrupted', errorCode: 'RUN.INTERRUPTED' };
}
