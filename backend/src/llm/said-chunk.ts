import type { GuardrailUnits } from './moderation/guardrail-answer.js';

/** What a piece of a provider's answer says, whatever form it came in. */
export interface SaidChunk {
  /** May be empty: a sign that the model is at work. */
  readonly text: string;
  /** Why the answer ended, in the provider's own word. */
  readonly reason?: string | undefined;
  readonly counts?: ChunkCounts | undefined;
  /** What a guardrail of the provider's was charged for. */
  readonly guarded?: GuardrailUnits | undefined;
}

/** Tokens as the provider counted them. Its figures, unchecked. */
export interface ChunkCounts {
  readonly prompt: number;
  readonly completion: number;
  /** Of the prompt, those that it had in a cache. */
  readonly cached?: number | undefined;
}
