import { AIMessage, HumanMessage, SystemMessage, type BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import {
  ChatModel,
  type ChatMessage,
  type FinishReason,
  type ModelEvent,
  type ModelGuardrail,
  type Provider,
  type StreamOptions,
} from './chat-model.js';
import { toModelFailure } from './failure.rules.js';
import { finishReason } from './finish.rules.js';
import { ModelFailure } from './model-failure.js';
import { alternating } from './turns.rules.js';

/**
 * The part of a LangChain chat model that is used: its stream below `stream()`. That one would set
 * up callbacks, and with `LANGSMITH_TRACING` in the environment a tracer that sends raw text away;
 * it also joins all chunks again. Here there is no callback, so no tracer, and no second copy.
 */
export interface ChunkSource {
  _streamResponseChunks(
    messages: BaseMessage[],
    options: { signal: AbortSignal; stop?: string[] },
  ): AsyncGenerator<ChatGenerationChunk>;
}

export interface LangChainChatModelFields {
  readonly id: string;
  readonly provider: Provider;
  readonly contextWindow: number;
  readonly maxOutputTokens?: number;
  readonly endpoint?: string;
  /** Makes LangChain's model for an answer of that many tokens; it must not retry by itself. */
  readonly open: (maxOutputTokens: number, guardrail?: ModelGuardrail) => ChunkSource;
  /** Texts at which the answer ends. */
  readonly stop?: readonly string[];
  /** Keys that a provider might repeat in an error. */
  readonly secrets?: readonly string[];
  /** What the provider cannot take is changed here. */
  readonly adapt?: (messages: readonly ChatMessage[]) => readonly ChatMessage[];
  /** Begun with each call, for what it is sent with may have expired. */
  readonly renewal?: () => Renewal;
}

/** What a call is sent with. */
export interface Renewal {
  /** After a refusal: gets other credentials. Never throws. @returns whether there were others. */
  renew(error: unknown): Promise<boolean>;
}

/** After the reason to finish, how long the counts may still take. */
const USAGE_GRACE_MS = 2000;

/**
 * Any LangChain chat model as a Prosa model.
 * A text event may be empty: a sign that the model is at work (it thinks, or has begun).
 * When the signal is aborted the stream ends quietly, without `finish`.
 */
export class LangChainChatModel extends ChatModel {
  readonly id: string;
  readonly provider: Provider;
  readonly contextWindow: number;
  override readonly maxOutputTokens: number | undefined;
  override readonly endpoint: string | undefined;

  constructor(private readonly fields: LangChainChatModelFields) {
    super();
    this.id = fields.id;
    this.provider = fields.provider;
    this.contextWindow = fields.contextWindow;
    this.maxOutputTokens = fields.maxOutputTokens;
    this.endpoint = fields.endpoint;
  }

  async *stream(
    messages: readonly ChatMessage[],
    { signal, maxOutputTokens, guardrail }: StreamOptions,
  ): AsyncGenerator<ModelEvent> {
    if (signal.aborted) return;
    const upstream = new AbortController();
    const abort = (): void => {
      upstream.abort(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    const answer = new Answer();
    const renewal = this.fields.renewal?.();
    let ended = false;
    try {
      const { stop } = this.fields;
      const turns = alternating(this.fields.adapt?.(messages) ?? messages);
      const chunks = this.fields
        .open(maxOutputTokens, guardrail)
        ._streamResponseChunks(turns.map(toLangChain), {
          signal: upstream.signal,
          ...(stop ? { stop: [...stop] } : {}),
        });
      for (;;) {
        const next = await (answer.reason ? inTime(chunks.next()) : chunks.next());
        if (next === undefined) break;
        if (next.done) {
          ended = true;
          break;
        }
        const text = answer.read(next.value);
        yield { type: 'text', text };
      }
    } catch (error) {
      // Once the model has said that it is done, what the connection does no longer matters.
      if (!signal.aborted && !answer.reason) {
        const renewed = !answer.hasText && (await renewal?.renew(error)) === true;
        const said = messages.map(({ text }) => text);
        throw toModelFailure(error, answer.hasText, {
          secrets: this.fields.secrets ?? [],
          said,
          renewed,
        });
      }
    } finally {
      signal.removeEventListener('abort', abort);
      // Not after a proper end: it would close a connection that can be used again.
      if (!ended) upstream.abort();
    }
    if (!signal.aborted) yield* answer.end();
  }
}

/** What an answer has said of itself so far. */
class Answer {
  hasText = false;
  reason: FinishReason | undefined;
  private usage: ModelEvent | undefined;

  /** Keeps counts and reason of a chunk and returns its text. */
  read({ text, message, generationInfo }: ChatGenerationChunk): string {
    this.hasText ||= text !== '';
    const metadata: Record<string, unknown> = message.response_metadata;
    const stop = metadata['messageStop'] as { stopReason?: unknown } | undefined;
    const reason: unknown = generationInfo?.['finish_reason'] ?? stop?.stopReason;
    if (typeof reason === 'string') this.reason = finishReason(reason);
    const counts = 'usage_metadata' in message ? message.usage_metadata : undefined;
    if (counts && areCounts(counts as Counts)) this.usage = usageEvent(counts as Counts);
    return text;
  }

  /**
   * The events that close the answer.
   * @throws {ModelFailure} EMPTY or FILTERED, where there was no text.
   */
  *end(): Generator<ModelEvent> {
    if (this.usage) yield this.usage;
    if (!this.hasText) throw new ModelFailure(this.reason === 'filtered' ? 'FILTERED' : 'EMPTY');
    if (this.reason) yield { type: 'finish', reason: this.reason };
  }
}

interface Counts {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly input_token_details?: { readonly cache_read?: number };
}

/** The most that every database's columns for counts can hold. */
const MOST_TOKENS = 2_147_483_647;

const isCount = (value: number) => Number.isInteger(value) && value >= 0 && value <= MOST_TOKENS;

/** Whether these can be counts: some servers send zeros, or anything, where they have not counted. */
function areCounts({ input_tokens, output_tokens, input_token_details }: Counts): boolean {
  const cached = input_token_details?.cache_read ?? 0;
  return input_tokens > 0 && [input_tokens, output_tokens, cached].every(isCount);
}

function usageEvent({ input_tokens, output_tokens, input_token_details }: Counts): ModelEvent {
  const cached = input_token_details?.cache_read;
  return {
    type: 'usage',
    promptTokens: input_tokens,
    completionTokens: output_tokens,
    ...(cached ? { cachedTokens: cached } : {}),
  };
}

function toLangChain({ role, text }: ChatMessage): BaseMessage {
  switch (role) {
    case 'system':
      return new SystemMessage(text);
    case 'user':
      return new HumanMessage(text);
    case 'assistant':
      return new AIMessage(text);
  }
}

/** The promise's value, or undefined when it takes too long. */
async function inTime<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, USAGE_GRACE_MS, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
