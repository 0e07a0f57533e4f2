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
  /** The prompt by Prosa's own rule, in tokens. */
  readonly promptEstimate: number | null;
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
  /** Whose price, and of which day (`2026-09-23`); null where none is known. */
  readonly priceSource: string | null;
  readonly priceAsOf: string | null;
  readonly ttftMs: number | null;
  /** Null where nobody is left who measured it. */
  readonly durationMs: number | null;
}
