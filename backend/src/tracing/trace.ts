import type { PostStatus, RunKind } from '#db';
import type { GuardedMessage, GuardedPrompt, ReleasedText } from '../guardrails/guarded.js';

/** What is no text of anybody: codes, counts, ids. Sent even where texts are hidden. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** A passage that an answer may stand on. */
export interface TracedSource {
  readonly title: string;
  readonly quote: string;
}

/** A call to a model, with what it was sent and what it said. */
export interface TracedCall {
  readonly messages: readonly GuardedMessage[];
  readonly answer: ReleasedText;
  /** Who is paid, by LangSmith's name for it, and the model's name there. */
  readonly provider: string;
  readonly model: string;
  /** False for `quotes`, which reads and writes no tokens. */
  readonly counted: boolean;
  readonly promptTokens: number;
  readonly cachedTokens: number | null;
  readonly completionTokens: number;
  /** Dollars; null where no price is known. */
  readonly cost: { readonly input: number; readonly output: number; readonly total: number } | null;
  /** Milliseconds from the beginning of the step to the first text; null: there was none. */
  readonly ttftMs: number | null;
  readonly errorCode: string | null;
}

/** What a step of the pipeline tells of itself once it has ended. */
export interface StepDetails {
  readonly facts?: Facts;
  readonly sources?: readonly TracedSource[];
  readonly call?: TracedCall;
}

/** One step, ended. */
export interface TracedStep extends StepDetails {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** The code of the error that ended it. */
  readonly errorCode: string | null;
}

/** What is traced as a whole: an answer, or what is written of a conversation after it. */
export type TracedKind = RunKind | 'summary';

/** What is known of a run at its end. */
export interface TracedRun {
  readonly runId: string;
  readonly postId: number;
  readonly conversationId: number;
  readonly userId: number;
  readonly kind: TracedKind;
  readonly door: string;
  readonly modelId: string;
  /** Null: nobody asked for it. */
  readonly prompt: GuardedPrompt | null;
  readonly answer: ReleasedText;
  readonly status: PostStatus;
  readonly errorCode: string | null;
}

/** A whole trace, ready to be sent. */
export interface Trace extends TracedRun {
  readonly id: string;
  readonly endedAt: number;
  readonly steps: readonly TracedStep[];
}

/** A thumb on the answer of a traced run. */
export interface Rating {
  readonly traceId: string;
  /** Stays the same while the thumb changes. */
  readonly id: string;
  /** Whether there was a thumb before. */
  readonly isChange: boolean;
  /** 0: the thumb was taken back. */
  readonly value: 1 | -1 | 0;
}
