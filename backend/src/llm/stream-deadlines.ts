import { ChatModel, type ChatMessage, type ModelEvent, type StreamOptions } from './chat-model.js';
import { ModelFailure } from './model-failure.js';

export interface Deadlines {
  /** From the call, or the last sign of life, to the first text; in milliseconds. */
  readonly firstTokenMs: number;
  /** From one event to the next once there was text; in milliseconds. */
  readonly idleMs: number;
}

/** F13. */
export const DEADLINES: Deadlines = { firstTokenMs: 60_000, idleMs: 30_000 };

/**
 * A model that may not keep its caller waiting: silence beyond the deadlines ends the call at the
 * provider and throws TIMEOUT. When the caller's signal is aborted the stream ends at once and
 * quietly, without `finish`, even where the provider never answers. Leaving the loop ends the call
 * at the provider as well. Empty texts only count as signs of life.
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
  async *stream(
    messages: readonly ChatMessage[],
    options: StreamOptions,
  ): AsyncGenerator<ModelEvent> {
    if (options.signal.aborted) return;
    const upstream = new AbortController();
    const watch = new Watch(this.deadlines.firstTokenMs);
    const stop = (): void => {
      upstream.abort(options.signal.reason);
      watch.interrupt('stopped');
    };
    options.signal.addEventListener('abort', stop, { once: true });
    const events = this.model
      .stream(messages, { ...options, signal: upstream.signal })
      [Symbol.asyncIterator]();
    let ended = false;
    try {
      for (;;) {
        const next = await watch.race(events.next());
        if (next === 'stopped') return;
        if (next === 'late') throw new ModelFailure('TIMEOUT');
        if (next.done) {
          ended = true;
          return;
        }
        if (next.value.type === 'text') {
          if (next.value.text === '') continue;
          watch.limit = this.deadlines.idleMs;
        }
        yield next.value;
      }
    } finally {
      options.signal.removeEventListener('abort', stop);
      watch.end();
      if (!ended) {
        upstream.abort();
        // Not awaited: a provider that hangs does not return either.
        events.return?.().catch(() => undefined);
      }
    }
  }
}

type Interruption = 'late' | 'stopped';

/**
 * Waits for a promise unless time or the caller cuts in. One timer a stream, which looks how long
 * the wait has been: setting one for each token would cost more than the rest of the relay.
 */
class Watch {
  private interrupted: Interruption | undefined;
  /** Set while somebody waits: a slow reader is not a slow provider. */
  private cutIn: ((why: Interruption) => void) | undefined;
  private since = performance.now();
  private timer: NodeJS.Timeout;

  constructor(private limitMs: number) {
    this.timer = this.startTimer(limitMs);
  }

  set limit(ms: number) {
    if (ms === this.limitMs) return;
    this.limitMs = ms;
    clearTimeout(this.timer);
    this.timer = this.startTimer(ms);
  }

  race<T>(promise: Promise<T>): Promise<T | Interruption> {
    if (this.interrupted) {
      promise.catch(() => undefined);
      return Promise.resolve(this.interrupted);
    }
    this.since = performance.now();
    return new Promise((resolve, reject) => {
      this.cutIn = resolve;
      const settled = (): void => {
        this.cutIn = undefined;
      };
      promise.then(
        (value) => {
          settled();
          resolve(value);
        },
        (error: unknown) => {
          settled();
          reject(error);
        },
      );
    });
  }

  interrupt(why: Interruption): void {
    this.interrupted ??= why;
    this.cutIn?.(this.interrupted);
  }

  end(): void {
    this.cutIn = undefined;
    clearTimeout(this.timer);
  }

  private startTimer(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      const waited = this.cutIn ? performance.now() - this.since : 0;
      if (waited > this.limitMs - 1) this.interrupt('late');
      else this.timer = this.startTimer(this.limitMs - waited);
    }, ms);
  }
}
