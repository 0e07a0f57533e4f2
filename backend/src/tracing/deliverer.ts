import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { pauseMs, type Reply } from './delivery.rules.js';
import { DeliveryQueue, type Parcel } from './delivery-queue.js';
import type { Delivery, LangSmith } from './langsmith.js';
import type { Rating, Trace } from './trace.js';

/** Traces are gathered that long before they are sent, in milliseconds. */
const GATHER_MS = 500;
const WARN_EVERY_MS = 60_000;
/** A thumb whose trace does not turn up is given up after so many attempts. */
const RATING_ATTEMPTS = 5;

/** What takes traces. */
export type Service = Pick<LangSmith, 'send' | 'rate' | 'stop'>;

/**
 * Brings traces to LangSmith behind everybody's back: whoever hands one over goes on at once, and
 * one delivery is under way at a time. What fails waits, within the queue's limit.
 */
export class Deliverer {
  private readonly logger = new Logger('Tracing');
  private readonly hurry = new AbortController();
  private working: Promise<void> | undefined;
  private failures = 0;
  private lost = 0;
  private warnedAt = -Infinity;

  constructor(
    private readonly service: Service,
    private readonly queue = new DeliveryQueue(),
  ) {}

  deliver(trace: Trace): void {
    this.accept(this.queue.addTrace(trace));
  }

  rate(rating: Rating): void {
    this.accept(this.queue.addRating(rating));
  }

  /** Tries once more to deliver what waits, and gives it up when that takes longer. */
  async close(limitMs: number): Promise<void> {
    this.hurry.abort();
    await Promise.race([this.working, wait(limitMs, undefined, { ref: false })]);
    this.service.stop();
    await this.working;
    if (this.queue.length > 0 || this.lost > 0) {
      this.logger.warn(this.state(), 'not all traces were sent before the end');
    }
  }

  private accept(fits: boolean): void {
    if (!fits) this.lose('the queue is full');
    this.begin();
  }

  private begin(): void {
    this.working ??= this.work().finally(() => {
      this.working = undefined;
      // Handed over in the moment in which the work ended.
      if (this.queue.length > 0 && !this.hurry.signal.aborted) this.begin();
    });
  }

  private async work(): Promise<void> {
    await this.pause(GATHER_MS);
    while (this.queue.length > 0) {
      const parcels = this.queue.next();
      const delivery = await this.send(parcels);
      const isDone = delivery.verdict === 'sent' || delivery.verdict === 'refused';
      if (!isDone && this.hurry.signal.aborted) return;
      await this.settle(parcels, delivery);
    }
  }

  /** Never throws: what the SDK cannot take is refused, or it would be tried for ever. */
  private async send(parcels: readonly Parcel[]): Promise<Delivery> {
    try {
      const [first] = parcels;
      if (first && 'rating' in first) return await this.service.rate(first.rating);
      return await this.service.send(
        parcels.flatMap((parcel) => ('trace' in parcel ? [parcel.trace] : [])),
      );
    } catch (error) {
      this.logger.error({ err: error }, 'a trace cannot be sent');
      return { verdict: 'refused', reply: { status: null, reason: 'unreadable' } };
    }
  }

  private async settle(parcels: readonly Parcel[], { verdict, reply }: Delivery): Promise<void> {
    switch (verdict) {
      case 'sent':
        this.failures = 0;
        this.queue.remove(parcels);
        return;
      case 'refused':
        this.failures = 0;
        this.queue.remove(parcels);
        this.lose(`LangSmith refuses it: ${saying(reply)}`, parcels.length);
        return;
      case 'early':
        return this.postpone(parcels);
      case 'later':
        this.failures += 1;
        this.warn(`LangSmith does not take traces, they wait: ${saying(reply)}`);
        return this.pause(
          pauseMs(this.failures, reply.status === null ? undefined : reply.retryAfterMs),
        );
    }
  }

  private async postpone(parcels: readonly Parcel[]): Promise<void> {
    const [rating] = parcels;
    if (!rating || !('rating' in rating)) return;
    rating.attempts += 1;
    if (rating.attempts >= RATING_ATTEMPTS) {
      this.queue.remove(parcels);
      this.lose('LangSmith does not know the trace of a thumb');
      return;
    }
    this.queue.postpone(rating);
    await this.pause(pauseMs(rating.attempts, undefined));
  }

  private lose(why: string, count = 1): void {
    this.lost += count;
    this.warn(`a trace was given up: ${why}`);
  }

  /** Once a minute at most: an outage must not fill the log. */
  private warn(message: string): void {
    const now = performance.now();
    if (now - this.warnedAt < WARN_EVERY_MS) return;
    this.warnedAt = now;
    this.logger.warn(this.state(), message);
  }

  private state() {
    const { length: waiting, bytes } = this.queue;
    return { waiting, bytes, lost: this.lost };
  }

  /** Ends early when the server is about to stop. */
  private async pause(ms: number): Promise<void> {
    await wait(ms, undefined, { ref: false, signal: this.hurry.signal }).catch(() => undefined);
  }
}

const saying = (reply: Reply): string =>
  reply.status === null ? reply.reason : `status ${String(reply.status)}`;
