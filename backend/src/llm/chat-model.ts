import type { GuardrailUnits } from './moderation/guardrail-answer.js';

/** Who runs a model. */
export const PROVIDERS = ['bedrock', 'openai', 'llama', 'flan-t5', 'quotes'] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** A numbered source that an answer may stand on. */
export interface Passage {
  /** Counts from 1; the answer cites it as `[n]`. */
  readonly n: number;
  readonly kind: 'documentation' | 'document' | 'web';
  readonly title: string;
  /** The passage, at most a few paragraphs; Markdown where it is documentation. */
  readonly text: string;
  /** Counts from 1; null where it has no pages. */
  readonly page: number | null;
  /** Of a page of the web. */
  readonly host: string | null;
}

/** `guarded`: a guardrail of the provider's, which was asked for with the question, ended it. */
export type FinishReason = 'stop' | 'length' | 'filtered' | 'guarded';

/** A guardrail of the provider's that is to watch an answer. */
export interface ModelGuardrail {
  readonly id: string;
  readonly version: string;
}

/**
 * What a model says while it answers. `text` events come in order and are to be joined; `usage`
 * holds the provider's own counts and comes at most once, as do `finish` and `guarded`: what a guardrail
 * of the provider's was charged for. A stream that ends
 * without `finish` was cut short. `queued` comes before the first text, where questions wait for one
 * another: 1 is the next, 0 that the turn has come.
 */
export type ModelEvent =
  | { readonly type: 'queued'; readonly position: number }
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'usage';
      readonly promptTokens: number;
      readonly completionTokens: number;
      readonly cachedTokens?: number;
    }
  | { readonly type: 'guarded'; readonly units: GuardrailUnits }
  | { readonly type: 'finish'; readonly reason: FinishReason };

export interface StreamOptions {
  /** Ends the call at the provider too: a `break` alone would leave it running (and billed). */
  readonly signal: AbortSignal;
  /** Longest answer, in tokens. */
  readonly maxOutputTokens: number;
  /** What the answer may cite; already part of the messages for models that read prompts. */
  readonly passages: readonly Passage[];
  /** The asker's language, for models that write their own framing (BCP 47). */
  readonly locale: string;
  /** Where questions wait for one another, each asker has a turn; the name means nothing else. */
  readonly asker?: string;
  /** For models of a provider that has guardrails (Bedrock); others know nothing of it. */
  readonly guardrail?: ModelGuardrail | undefined;
}

/** One model that can be asked. The only thing that the rest of Prosa knows of a model. */
export abstract class ChatModel {
  /** `provider/model`, as written in `LLM_MODELS`. */
  abstract readonly id: string;
  abstract readonly provider: Provider;
  /** Tokens that prompt and answer share. */
  abstract readonly contextWindow: number;
  /** Longest answer, in tokens, where it is another than for models in general. */
  readonly maxOutputTokens: number | undefined;
  /** Address of the server, where a provider's name does not say whose it is. */
  readonly endpoint: string | undefined;
  /**
   * Asks the model.
   * @throws {ModelFailure} whatever goes wrong at the provider, before or after the first text.
   */
  abstract stream(
    messages: readonly ChatMessage[],
    options: StreamOptions,
  ): AsyncIterable<ModelEvent>;
}
