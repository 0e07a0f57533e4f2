import type { Observable, Subscription } from 'rxjs';
import type { AnswerStreams, StreamedEvent } from '../api/answer-streams';
import type { AnswerEvent } from '../api/answer-event';
import { ApiFailure } from '../api/api-failure';
import { MAX_HAND_OVERS, backOff, isWorthSaying } from './reconnect.rules';

/** Who hears of a run. */
export interface RunListener {
  heard(event: AnswerEvent): void;
  /** The server did not take the prompt: nothing was stored. */
  refused(failure: ApiFailure): void;
  /** The run was taken but can no longer be followed: read the post instead. */
  lost(): void;
  /** Whether the server has not been reached for long enough to say so. */
  waits(waiting: boolean): void;
}

/**
 * Follows one run to its end: hands the prompt over (again with the same key while the network
 * fails), then reconnects from the last event by itself. A hidden tab closes its connection and
 * catches up when it is looked at again; the run itself goes on at the server.
 */
export class AnswerRun {
  private connection: Subscription | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private lastId: string | null = null;
  private attempts = 0;
  private waiting = false;
  private ended = false;

  private constructor(
    private readonly streams: AnswerStreams,
    private readonly listener: RunListener,
    private readonly handOver: (() => Observable<StreamedEvent>) | null,
    private postId: number | null,
  ) {
    document.addEventListener('visibilitychange', this.heedVisibility);
    window.addEventListener('online', this.heedVisibility);
    this.connect();
  }

  /** Starts a run with a call that may be repeated safely (it carries an idempotency key). */
  static start(
    streams: AnswerStreams,
    listener: RunListener,
    handOver: () => Observable<StreamedEvent>,
  ): AnswerRun {
    return new AnswerRun(streams, listener, handOver, null);
  }

  /** Follows the run of a post that is being answered. */
  static follow(streams: AnswerStreams, listener: RunListener, postId: number): AnswerRun {
    return new AnswerRun(streams, listener, null, postId);
  }

  /** Follows again from the first event, after a hole in the text. */
  startOver(): void {
    if (this.ended || this.postId === null) return;
    this.lastId = null;
    this.connect();
  }

  /** Stops following; the run goes on at the server. */
  close(): void {
    this.ended = true;
    this.disconnect();
    document.removeEventListener('visibilitychange', this.heedVisibility);
    window.removeEventListener('online', this.heedVisibility);
  }

  private connect(): void {
    this.disconnect();
    const { postId } = this;
    const stream$ =
      postId === null
        ? this.handOver?.()
        : this.streams.follow$(postId, this.lastId, () => this.sayWaiting(false));
    this.connection =
      stream$?.subscribe({
        next: (streamed) => this.hear(streamed),
        error: (failure: unknown) => this.heedFailure(failure),
        complete: () => this.reconnectLater(),
      }) ?? null;
  }

  private hear({ id, event }: StreamedEvent): void {
    if (this.ended) return;
    this.lastId = id ?? this.lastId;
    this.attempts = 0;
    this.sayWaiting(false);
    if (event.type === 'post') this.postId = event.postId;
    if (event.type === 'reconnect') {
      this.disconnect();
      this.connectIn(event.afterMs);
      return;
    }
    if (event.type === 'done') this.close();
    this.listener.heard(event);
    // The tab may have been hidden while the prompt was on its way.
    if (!this.mayConnect()) this.disconnect();
  }

  private heedFailure(failure: unknown): void {
    if (this.ended) return;
    if (!(failure instanceof ApiFailure)) throw failure;
    const handedOver = this.postId !== null;
    // A run goes on whatever its readers suffer; a prompt is repeated only where nobody heard it.
    const mayRepeat = handedOver
      ? failure.unheard || failure.status >= 500
      : failure.unheard && this.attempts < MAX_HAND_OVERS - 1;
    if (mayRepeat) {
      this.reconnectLater();
      return;
    }
    this.close();
    if (handedOver) this.listener.lost();
    else this.listener.refused(failure);
  }

  private reconnectLater(): void {
    if (this.ended) return;
    this.disconnect();
    this.connectIn(backOff(this.attempts++, Math.random()));
    this.sayWaiting(isWorthSaying(this.attempts, navigator.onLine));
  }

  private sayWaiting(waiting: boolean): void {
    if (waiting === this.waiting) return;
    this.waiting = waiting;
    this.listener.waits(waiting);
  }

  private connectIn(ms: number): void {
    this.timer = setTimeout(() => {
      this.timer = null;
      if (this.mayConnect()) this.connect();
    }, ms);
  }

  /** A prompt is handed over even from a hidden tab; following waits until somebody looks. */
  private mayConnect(): boolean {
    return this.postId === null || document.visibilityState === 'visible';
  }

  private readonly heedVisibility = (): void => {
    if (this.ended || this.postId === null) return;
    if (!this.mayConnect()) this.disconnect();
    else if (!this.connection || this.timer) this.connect();
  };

  private disconnect(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.connection?.unsubscribe();
    this.connection = null;
  }
}
