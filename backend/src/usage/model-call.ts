import type { UsagePurpose } from '#db';

/** A model call about to be made. */
export interface ModelCall {
  readonly runId: string;
  readonly userId: number;
  readonly username: string;
  readonly conversationId: number;
  readonly postId: number;
  readonly purpose: UsagePurpose;
  readonly door: string;
  readonly provider: string;
  readonly model: string;
}

/** How a model call ended. */
export interface CallOutcome {
  /** The post's status or the error's code. */
  readonly outcome: string;
  readonly promptTokens: number | null;
  readonly cachedTokens: number | null;
  readonly completionTokens: number | null;
  readonly estimated: boolean;
  /** Integer nano-dollars; null where no price is known. */
  readonly costNanoUsd: number | null;
  readonly ttftMs: number | null;
  readonly durationMs: number;
}
