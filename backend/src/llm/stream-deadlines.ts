import { ChatModel, type ChatMessage, type ModelEvent, type StreamOptions } from './chat-model.js';
import { ModelFailure } from './model-failure.js';

export interface Deadlines {
  /** From the call, or the last sign of life, to the first text; in milliseconds. */
  readonly firstTokenMs: number;
  /** From one event to the next once there was text; in milliseconds. */
  readonly idleMs: number;
  /** Signs of life without a text, from the call or the last text; in milliseconds. */
  readonly textlessMs?: number;
}

/** F13. */
export const DEADLINES: Deadlines = { firstTokenMs: 60_000, idleMs: 30_000 };

/** No model reasons for so long before it says a word; a server that only keeps its line warm may. */
const TEXTLESS_MS = 15 * 60_000;

/**
 * A model that may not keep its caller waiting: silence beyond the deadlines ends the call at the
 * provider and throws TIMEOUT. When the caller's signal is aborted the stream ends at once and
 * quietly, without `finish`, even where the provider never answers. Leaving the loop ends the call
 * at the provider as well. Empty texts only count as signs of life, up to a deadline of their own.
 */
export class PunctualModel extends ChatModel {
  readonly id;
  readonly provider;
  readonly contextWindow;
  override readonly maxOutputTokens;
  override readonly endpoint;

  constructor(
    private readonly model: ChatModel,
    private readonly deadlines: Deadlines = DEADLINES,
  ) {
    super();
    this.id = model.id;
    this.provider = model.provider;
    this.contextWindow = model.contextWindow;
    this.maxOutputTokens = model.maxOutputTokens;
    this.endpoint = model.endpoint;
  }

  /** @throws {ModelFailure} TIMEOUT, and whatever the model throws. */
  stream(
    messages: readonly ChatMessage[],
    options: StreamOptions,
  ): AsyncIterableIterator<ModelEvent, undefined> {
    return new PunctualStream(this.model, this.deadlines, messages, options);
  }
}

type Next = PromiseWithResolvers<IteratorResult<ModelEvent, undefined>>;
const ENDED: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * One call. No generator, and one timer, which looks how long the wait has been: both would cost
 * more for each token than the rest of the relay.
 */
class PunctualStream implements AsyncIterableIterator<ModelEvent, undefined> {
  private readonly upstream = new AbortController();
  private events: AsyncIterator<ModelEvent> | undefined;
  private isOver = false;
  /** Of whoever waits: a slow reader is not a slow provider. */
  private resolve: Next['resolve'] | undefined;
  private reject: Next['reject'] | undefined;
  private since = 0;
  private textAt = 0;
  private limitMs: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly model: ChatModel,
    private readonly deadlines: Deadlines,
    private readonly messages: readonly ChatMessage[],
    private readonly options: StreamOptions,
  ) {
    this.limitMs = deadlines.firstTokenMs;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<ModelEvent, undefined>> {
    return new Promise(this.wait);
  }

  /** Its reader leaves. */
  return(): Promise<IteratorResult<ModelEvent, undefined>> {
    this.end(false);
    return Promise.resolve(ENDED);
  }

  // Made once, as are the others below: each token waits anew.
  private readonly wait = (resolve: Next['resolve'], reject: Next['reject']): void => {
    const events = this.isOver ? undefined : (this.events ?? this.begin());
    if (!events) {
      resolve(ENDED);
      return;
    }
    this.resolve = resolve;
    this.reject = reject;
    this.read(events);
  };

  private begin(): AsyncIterator<ModelEvent> | undefined {
    const { signal } = this.options;
    if (signal.aborted) return undefined;
    signal.addEventListener('abort', this.stop, { once: true });
    const options = { ...this.options, signal: this.upstream.signal };
    this.events = this.model.stream(this.messages, options)[Symbol.asyncIterator]();
    this.textAt = performance.now();
    this.startTimer(this.limitMs);
    return this.events;
  }

  private read(events: AsyncIterator<ModelEvent>): void {
    this.since = performance.now();
    events.next().then(this.came, this.failed);
  }

  private readonly came = (next: IteratorResult<ModelEvent, unknown>): void => {
    const { resolve, events } = this;
    if (!resolve || !events) return;
    if (next.done) {
      this.end(true);
      return;
    }
    if (next.value.type === 'text') {
      if (next.value.text === '') {
        const { textlessMs = TEXTLESS_MS } = this.deadlines;
        if (performance.now() - this.textAt < textlessMs) this.read(events);
        else this.failed(new ModelFailure('TIMEOUT'));
        return;
      }
      this.textAt = this.since;
      this.limit(this.deadlines.idleMs);
    }
    this.resolve = undefined;
    resolve(next);
  };

  private readonly failed = (error: unknown): void => {
    const { resolve, reject } = this;
    if (!resolve) return;
    this.resolve = undefined;
    this.end(false);
    reject?.(error);
  };

  private readonly stop = (): void => {
    this.upstream.abort(this.options.signal.reason);
    this.end(false);
  };

  /** Lets whoever waits go. @param ended whether the model had said all. */
  private end(ended: boolean): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.timer);
    this.options.signal.removeEventListener('abort', this.stop);
    this.resolve?.(ENDED);
    this.resolve = undefined;
    if (ended) return;
    this.upstream.abort();
    // Not awaited: a provider that hangs does not return either.
    this.events?.return?.().catch(() => undefined);
  }

  private limit(ms: number): void {
    if (ms === this.limitMs) return;
    this.limitMs = ms;
    clearTimeout(this.timer);
    this.startTimer(ms);
  }

  private startTimer(ms: number): void {
    this.timer = setTimeout(() => {
      const waited = this.resolve ? performance.now() - this.since : 0;
      if (waited > this.limitMs - 1) this.failed(new ModelFailure('TIMEOUT'));
      else this.startTimer(this.limitMs - waited);
    }, ms);
  }
}
