import { Injectable, Logger } from '@nestjs/common';
import type { PostStatus } from '#db';
import { Guardrails } from '../../guardrails/guardrails.js';
import type { ReleasedText } from '../../guardrails/guarded.js';
import type { ChatModel, FinishReason, ModelEvent, Passage } from '../../llm/chat-model.js';
import { ModelFailure } from '../../llm/model-failure.js';
import { estimateTokens } from '../../llm/tokens.rules.js';
import type { ErrorCode } from '../../platform/error-codes.js';
import type { LiveRun } from '../live-run.js';
import type { Fitted } from './fit.js';

/** How a generation ended, whoever ended it. */
export interface Outcome {
  readonly status: PostStatus;
  readonly errorCode: ErrorCode | null;
  readonly promptTokens: number;
  readonly cachedTokens: number | null;
  readonly completionTokens: number;
  /** Whether the counts are ours. */
  readonly estimated: boolean;
  readonly ttftMs: number | null;
  readonly durationMs: number;
}

type Emit = (text: ReleasedText) => void;
type Counts = Extract<ModelEvent, { type: 'usage' }>;

/** Asks the model and lets its text through the output rails as it comes. */
@Injectable()
export class Generate {
  private readonly logger = new Logger(Generate.name);

  constructor(private readonly guardrails: Guardrails) {}

  /**
   * Never throws: whatever goes wrong becomes a status, and what was released is kept.
   * @param emit called with text that may be shown, in order.
   */
  async generate(
    run: LiveRun,
    model: ChatModel,
    { messages, maxOutputTokens, context }: Fitted,
    passages: readonly Passage[],
    emit: Emit,
  ): Promise<Outcome> {
    const rails = this.guardrails.output();
    const startedAt = performance.now();
    let firstAt: number | null = null;
    let counts: Counts | undefined;
    let finish: FinishReason | undefined;
    let failure: ErrorCode | undefined;
    let length = 0;
    const show = (text: ReleasedText) => {
      if (text !== '') {
        firstAt ??= performance.now();
        length += text.length;
        emit(text);
      }
    };
    try {
      const options = {
        signal: run.signal,
        maxOutputTokens,
        passages,
        locale: run.accepted.language,
      };
      for await (const event of model.stream(messages, options)) {
        switch (event.type) {
          case 'text':
            show(rails.push(event.text));
            break;
          case 'usage':
            counts = event;
            break;
          case 'finish':
            finish = event.reason;
        }
      }
    } catch (error) {
      failure = this.codeOf(error, run, model);
    }
    show(rails.end());
    const generated = run.released.slice(run.released.length - length);
    return {
      ...ending(run, length > 0, finish, failure),
      promptTokens: counts?.promptTokens ?? context.used,
      cachedTokens: counts?.cachedTokens ?? null,
      completionTokens: counts?.completionTokens ?? estimateTokens(generated),
      estimated: counts === undefined,
      ttftMs: firstAt === null ? null : Math.round(firstAt - startedAt),
      durationMs: Math.round(performance.now() - startedAt),
    };
  }

  private codeOf(error: unknown, run: LiveRun, model: ChatModel): ErrorCode {
    const known = error instanceof ModelFailure;
    if (!run.signal.aborted) {
      this.logger.warn(
        { err: known ? (error.cause ?? error) : error, runId: run.id, model: model.id },
        'the model did not answer',
      );
    }
    return known ? error.code : 'SERVER.ERROR';
  }
}

/** What the end of a stream makes of the post. */
function ending(
  run: LiveRun,
  anyText: boolean,
  finish: FinishReason | undefined,
  failure: ErrorCode | undefined,
): Pick<Outcome, 'status' | 'errorCode'> {
  if (run.stopReason === 'stopped') {
    return { status: 'stopped', errorCode: null };
  }
  if (run.stopReason) {
    return { status: 'interrupted', errorCode: 'RUN.INTERRUPTED' };
  }
  const broken = anyText ? 'interrupted' : 'failed';
  if (failure) {
    return { status: broken, errorCode: failure };
  }
  switch (finish) {
    case 'stop':
      return anyText
        ? { status: 'done', errorCode: null }
        : { status: 'failed', errorCode: 'MODEL.EMPTY' };
    case 'length':
      return { status: broken, errorCode: 'MODEL.LENGTH' };
    case 'filtered':
      return { status: broken, errorCode: 'MODEL.FILTERED' };
    case undefined:
      return { status: broken, errorCode: anyText ? 'MODEL.CUT_SHORT' : 'MODEL.EMPTY' };
  }
}
