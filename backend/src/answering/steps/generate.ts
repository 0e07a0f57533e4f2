import { Injectable, Logger } from '@nestjs/common';
import type { PostStatus } from '#db';
import { Guardrails } from '../../guardrails/guardrails.js';
import type { RailHit } from '../../guardrails/judged-text.rules.js';
import type { OutputRails, OutputStop } from '../../guardrails/output/output-rails.js';
import type { ReleasedText } from '../../guardrails/guarded.js';
import type { ChatModel, FinishReason, ModelEvent, ModelGuardrail } from '../../llm/chat-model.js';
import { ProviderError } from '../../llm/failure.rules.js';
import type { GuardrailUnits } from '../../llm/moderation/guardrail-answer.js';
import { ModelFailure } from '../../llm/model-failure.js';
import type { ErrorCode } from '../../platform/error-codes.js';
import { GrowingText } from '../../platform/growing-text.js';
import { AnswerMetrics } from '../answer-metrics.js';
import { type Bill, Billing, type Counts } from '../billing.js';
import type { LiveRun } from '../live-run.js';
import type { FailedAttempt } from '../next-attempt.rules.js';
import type { Fitted } from './fit.js';
import { railFacts } from '../rail-facts.rules.js';
import { UNCOUNTED } from '../uncounted.rules.js';
import { outputContext } from './output-context.rules.js';

/** How a generation ended, whoever ended it. */
export interface Outcome extends Bill {
  readonly status: PostStatus;
  readonly errorCode: ErrorCode | null;
  readonly ttftMs: number | null;
  readonly durationMs: number;
}

/** How a run ends whose model was never asked. */
export const NOT_ASKED: Outcome = {
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

/** What came of one call. */
export interface Generated {
  readonly outcome: Outcome;
  /** Whether anything was heard of the model's text. */
  readonly began: boolean;
  /** What a guardrail of the provider's was charged for. */
  readonly guarded: GuardrailUnits | undefined;
  /** Why the provider did not answer, or not to the end. */
  readonly failure: ModelFailure | undefined;
  /** Only where nothing was shown, so that asking again repeats nothing. */
  readonly failed: FailedAttempt | undefined;
}

/** Who hears of a call while it goes on. */
export interface Listener {
  /** Called with text that may be shown, in order. */
  release(text: ReleasedText): void;
  /** Called once, with the first text of the model, shown or not. */
  began(): void;
  /** Called where the question waits for others; 1 is the next, 0 that its turn has come. */
  queued(position: number): void;
  /** Aborted where whoever hears of it lets nothing more out. */
  readonly over?: AbortSignal;
  /** Called at the end with what the output rails found, if they did. */
  found?(hits: readonly RailHit[]): void;
}

/**
 * What one run may add to an answer, in UTF-16 units: far more than any model is asked for. A
 * provider that never stops would otherwise fill memory and disk.
 */
const LONGEST_ANSWER = 1024 * 1024;

/** What came of asking a model, as it comes. */
class Progress {
  readonly startedAt = performance.now();
  firstAt: number | null = null;
  /** How much was released, in UTF-16 units. */
  shown = 0;
  /** What came from the model, released or not: it is paid for. */
  readonly received = new GrowingText();
  counts: Counts | undefined;
  guarded: GuardrailUnits | undefined;
  finish: FinishReason | undefined;
  failure: ErrorCode | undefined;
  cause: ModelFailure | undefined;
  /** Why the rails let nothing more out. */
  blocked: OutputStop['code'] | undefined;
  began = false;

  constructor(readonly listener: Listener) {}

  /** The model has said something, were it nothing that may be shown yet. */
  hear(): void {
    if (!this.began) {
      this.began = true;
      this.listener.began();
    }
  }

  show(text: ReleasedText): void {
    if (text !== '') {
      this.firstAt ??= performance.now();
      this.shown += text.length;
      this.listener.release(text);
    }
  }
}

/** Asks the model and lets its text through the output rails as it comes. */
@Injectable()
export class Generate {
  private readonly logger = new Logger(Generate.name);

  constructor(
    private readonly guardrails: Guardrails,
    private readonly metrics: AnswerMetrics,
    private readonly billing: Billing,
  ) {}

  /** Never throws: whatever goes wrong becomes a status, and what was released is kept. */
  async generate(
    run: LiveRun,
    model: ChatModel,
    fitted: Fitted & { readonly guardrail?: ModelGuardrail | undefined },
    listener: Listener,
  ): Promise<Generated> {
    const { accepted } = run;
    const progress = new Progress(listener);
    const { canary } = this.guardrails;
    const context = outputContext(fitted, accepted.language, canary);
    const rails = this.guardrails.output(accepted, context, accepted.earlierText);
    // Of the rails: what ends the answer ends the call at the provider as well.
    const own = new AbortController();
    const options = {
      signal: AbortSignal.any([run.signal, own.signal, ...(listener.over ? [listener.over] : [])]),
      maxOutputTokens: fitted.maxOutputTokens,
      passages: fitted.passages,
      locale: accepted.language,
      asker: String(accepted.userId),
      guardrail: fitted.guardrail,
    };
    try {
      for await (const event of model.stream(fitted.messages, options)) {
        take(event, rails, progress);
        if (rails.stop) {
          own.abort('blocked');
          break;
        }
        if (progress.received.length > LONGEST_ANSWER) {
          progress.finish = 'length';
          break; // Ends the call at the provider as well.
        }
      }
    } catch (error) {
      progress.failure = this.codeOf(error, run, model);
      progress.cause = error instanceof ModelFailure ? error : undefined;
    }
    progress.show(isWhole(progress) ? rails.end() : rails.cutOff());
    progress.blocked = rails.stop?.code;
    const hits = rails.hits();
    if (hits.length > 0) listener.found?.(hits);
    const outcome = await this.outcomeOf(run, model, fitted, progress);
    const { shown: characters } = progress;
    if (characters > 0) {
      const ms = outcome.durationMs - (outcome.ttftMs ?? 0);
      run.trace.note('guard out', ms, { characters, ...railFacts(hits) });
    }
    this.metrics.count(model, outcome);
    return generatedOf(outcome, progress);
  }

  private async outcomeOf(
    run: LiveRun,
    model: ChatModel,
    { promptEstimate, messages: prompt }: Fitted,
    progress: Progress,
  ): Promise<Outcome> {
    const { startedAt, firstAt, received, counts } = progress;
    const durationMs = Math.round(performance.now() - startedAt);
    const bill = await this.billing.of(model, {
      promptEstimate,
      prompt,
      received: received.toString(),
      counts,
      unread: received.length === 0 && isUnread(progress),
      startedAt: new Date(Date.now() - durationMs),
    });
    return {
      ...ending(run, progress),
      ...bill,
      ttftMs: firstAt === null ? null : Math.round(firstAt - startedAt),
      durationMs,
    };
  }

  private codeOf(error: unknown, run: LiveRun, model: ChatModel): ErrorCode {
    const known = error instanceof ModelFailure;
    if (!run.signal.aborted) {
      const err = known ? (error.cause ?? error) : error;
      const { postId } = run.accepted;
      this.logger.warn({ err, runId: run.id, postId, model: model.id }, 'the model did not answer');
    }
    return known ? error.code : 'SERVER.ERROR';
  }
}

/** Whether the text ends where the model meant it to. */
const isWhole = ({ finish, failure }: Progress): boolean => finish === 'stop' && !failure;

/** Whether the provider refused before it read the prompt. */
function isUnread({ failure, cause }: Progress): boolean {
  const reason = cause?.cause;
  // A status that has no meaning of its own is a refusal too; an answer of rubbish was paid for.
  const isStatus = reason instanceof ProviderError && (reason.status ?? 0) >= 300;
  return UNCOUNTED.has(failure) || (failure === 'MODEL.BAD_ANSWER' && isStatus);
}

/** What may follow from how a call ended. */
function generatedOf(outcome: Outcome, progress: Progress): Generated {
  const { began, cause, failure, guarded, shown } = progress;
  const { status, errorCode } = outcome;
  // Text that no rail has let out was heard all the same: nothing of it is asked for twice.
  const mayFollow = status === 'failed' && errorCode !== null && shown === 0 && !began;
  return {
    outcome,
    began,
    guarded,
    failure: failure === undefined || status === 'stopped' ? undefined : cause,
    failed: mayFollow
      ? { code: errorCode, retryAfterMs: cause?.retryAfterMs, renewed: cause?.renewed ?? false }
      : undefined,
  };
}

function take(event: ModelEvent, rails: OutputRails, progress: Progress): void {
  switch (event.type) {
    case 'text':
      if (event.text !== '') progress.hear();
      progress.received.add(event.text);
      progress.show(rails.push(event.text));
      break;
    case 'queued':
      progress.listener.queued(event.position);
      break;
    case 'usage':
      progress.counts = event;
      break;
    case 'guarded':
      progress.guarded = event.units;
      break;
    case 'finish':
      progress.finish = event.reason;
  }
}

/** What the end of a stream makes of the post. */
function ending(
  run: LiveRun,
  { shown, finish, failure, blocked }: Progress,
): Pick<Outcome, 'status' | 'errorCode'> {
  if (run.stopReason === 'stopped') {
    return { status: 'stopped', errorCode: null };
  }
  if (run.stopReason === 'unkept') {
    return { status: 'interrupted', errorCode: 'SERVER.STORAGE_UNAVAILABLE' };
  }
  if (run.stopReason) {
    return { status: 'interrupted', errorCode: 'RUN.INTERRUPTED' };
  }
  const anyText = shown > 0;
  if (blocked === 'GUARDRAIL.ANSWER_BLOCKED') {
    return { status: 'blocked', errorCode: blocked };
  }
  const broken = anyText ? 'interrupted' : 'failed';
  if (blocked ?? failure) {
    return { status: broken, errorCode: blocked ?? failure ?? null };
  }
  switch (finish) {
    case 'stop':
      return anyText
        ? { status: 'done', errorCode: null }
        : { status: 'failed', errorCode: 'MODEL.EMPTY' };
    case 'length':
      return { status: broken, errorCode: 'MODEL.LENGTH' };
    case 'guarded':
      return { status: 'blocked', errorCode: 'GUARDRAIL.ANSWER_BLOCKED' };
    case 'filtered':
      return { status: broken, errorCode: 'MODEL.FILTERED' };
    case undefined:
      return { status: broken, errorCode: anyText ? 'MODEL.CUT_SHORT' : 'MODEL.EMPTY' };
  }
}
