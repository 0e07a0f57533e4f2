import { AIMessage, HumanMessage, SystemMessage, type BaseMessage } from '@langchain/core/messages';
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
import type { ChunkCounts, SaidChunk } from './said-chunk.js';
import { alternating } from './turns.rules.js';

export interface ChunkOptions {
  readonly signal: AbortSignal;
  stop?: string[];
}

/** Asks a model of LangChain's once. */
export interface ChunkSource {
  /** Aborting the signal ends the call; the iterator then ends, or throws. */
  ask(messages: BaseMessage[], options: ChunkOptions): Promise<AsyncIterator<SaidChunk>>;
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

  stream(
    messages: readonly ChatMessage[],
    options: StreamOptions,
  ): AsyncIterableIterator<ModelEvent, undefined> {
    return new Answer(this.fields, messages, options);
  }
}

/** What a call has said of itself so far. */
class Said {
  hasText = false;
  reason: FinishReason | undefined;
  private usage: ModelEvent | undefined;
  private guarded: ModelEvent | undefined;

  /** Keeps counts and reason of a chunk and returns its text. */
  read({ text, reason, counts, guarded }: SaidChunk): string {
    this.hasText ||= text !== '';
    if (reason !== undefined) this.reason = finishReason(reason);
    if (counts && areCounts(counts)) this.usage = usageEvent(counts);
    if (guarded) this.guarded = { type: 'guarded', units: guarded };
    return text;
  }

  /**
   * The events that close the answer.
   * @throws {ModelFailure} EMPTY or FILTERED, where there was no text.
   */
  *end(): Generator<ModelEvent, undefined> {
    if (this.usage) yield this.usage;
    if (this.guarded) yield this.guarded;
    if (!this.hasText) throw new ModelFailure(this.reason === 'filtered' ? 'FILTERED' : 'EMPTY');
    if (this.reason) yield { type: 'finish', reason: this.reason };
    return undefined;
  }
}

type Next = IteratorResult<ModelEvent, undefined>;
const ENDED: Next = { done: true, value: undefined };
const NOTHING_MORE: Iterator<ModelEvent, undefined> = { next: () => ENDED };

/** One call. No generator: that takes twice the promises for a token. */
class Answer implements AsyncIterableIterator<ModelEvent, undefined> {
  private readonly said = new Said();
  private readonly upstream = new AbortController();
  private readonly renewal: Renewal | undefined;
  private chunks: AsyncIterator<SaidChunk> | undefined;
  /** What closes it, once the call is over. */
  private rest: Iterator<ModelEvent, undefined> | undefined;

  constructor(
    private readonly fields: LangChainChatModelFields,
    private readonly messages: readonly ChatMessage[],
    private readonly options: StreamOptions,
  ) {
    this.renewal = fields.renewal?.();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  // Asked for after the next, never beside it.
  next(): Promise<Next> {
    if (this.rest) return Promise.resolve(this.rest.next());
    if (!this.chunks) return this.begin().then(this.came, this.broke);
    const chunk = this.chunks.next();
    return (this.said.reason ? inTime(chunk) : chunk).then(this.came, this.broke);
  }

  return(): Promise<Next> {
    if (!this.rest) this.leave(false);
    this.rest = NOTHING_MORE;
    return Promise.resolve(ENDED);
  }

  private async begin(): Promise<IteratorResult<SaidChunk> | undefined> {
    const { signal, maxOutputTokens, guardrail } = this.options;
    if (signal.aborted) return undefined;
    signal.addEventListener('abort', this.abort, { once: true });
    const { open, adapt, stop } = this.fields;
    const turns = alternating(adapt?.(this.messages) ?? this.messages);
    this.chunks = await open(maxOutputTokens, guardrail).ask(turns.map(toLangChain), {
      signal: this.upstream.signal,
      ...(stop ? { stop: [...stop] } : {}),
    });
    return this.chunks.next();
  }

  // Made once, not for each token.
  private readonly came = (next: IteratorResult<SaidChunk> | undefined): Next =>
    next && !next.done
      ? { done: false, value: { type: 'text', text: this.said.read(next.value) } }
      : this.finish(next !== undefined);

  private readonly broke = async (error: unknown): Promise<Next> => {
    const { said, options, fields, messages } = this;
    // Once the model has said that it is done, what the connection does no longer matters.
    if (options.signal.aborted || said.reason) return this.finish(false);
    const renewed = !said.hasText && (await this.renewal?.renew(error)) === true;
    this.leave(false);
    throw toModelFailure(error, said.hasText, {
      secrets: fields.secrets ?? [],
      said: messages.map(({ text }) => text),
      renewed,
    });
  };

  private readonly abort = (): void => {
    this.upstream.abort(this.options.signal.reason);
  };

  /** @param ended whether the provider had said all. */
  private finish(ended: boolean): Next {
    this.leave(ended);
    if (!this.options.signal.aborted) this.rest = this.said.end();
    return this.rest?.next() ?? ENDED;
  }

  private leave(ended: boolean): void {
    this.rest = NOTHING_MORE;
    this.options.signal.removeEventListener('abort', this.abort);
    // Not after a proper end: it would close a connection that can be used again.
    if (!ended) this.upstream.abort();
  }
}

/** The most that every database's columns for counts can hold. */
const MOST_TOKENS = 2_147_483_647;

const isCount = (value: number) => Number.isInteger(value) && value >= 0 && value <= MOST_TOKENS;

/** Whether these can be counts: some servers send zeros, or anything, where they have not counted. */
const areCounts = ({ prompt, completion, cached = 0 }: ChunkCounts): boolean =>
  prompt > 0 && [prompt, completion, cached].every(isCount);

const usageEvent = ({ prompt, completion, cached }: ChunkCounts): ModelEvent => ({
  type: 'usage',
  promptTokens: prompt,
  completionTokens: completion,
  ...(cached ? { cachedTokens: cached } : {}),
});

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
