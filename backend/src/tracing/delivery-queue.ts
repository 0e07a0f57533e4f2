import { sizeOf } from './delivery.rules.js';
import type { Rating, Trace } from './trace.js';

/** Most memory that undelivered traces may hold, in bytes (16 MB). */
export const QUEUE_BYTES = 16 * 1024 * 1024;

/** Most of one delivery, which the SDK copies a few times. */
const BATCH_BYTES = 2 * 1024 * 1024;
const BATCH_TRACES = 50;

/** Something to be delivered. */
export type Parcel =
  | { readonly trace: Trace; readonly bytes: number }
  | { readonly rating: Rating; readonly bytes: number; attempts: number };

/** What waits for delivery, oldest first, within a limit of memory. */
export class DeliveryQueue {
  private parcels: Parcel[] = [];
  private held = 0;

  constructor(private readonly limit = QUEUE_BYTES) {}

  get length(): number {
    return this.parcels.length;
  }

  get bytes(): number {
    return this.held;
  }

  /** @returns false when it does not fit, and is not kept. */
  addTrace(trace: Trace): boolean {
    return this.add({ trace, bytes: sizeOf(trace) });
  }

  /** Takes the place of an earlier rating of the same answer that still waits. */
  addRating(rating: Rating): boolean {
    this.remove(
      this.parcels.filter((parcel) => 'rating' in parcel && parcel.rating.id === rating.id),
    );
    return this.add({ rating, bytes: sizeOf(rating), attempts: 0 });
  }

  /** What to deliver next: one rating, or the traces before the next rating. They stay queued. */
  next(): readonly Parcel[] {
    const [first] = this.parcels;
    if (!first || 'rating' in first) return first ? [first] : [];
    let bytes = 0;
    const end = this.parcels.findIndex((parcel, at) => {
      bytes += parcel.bytes;
      return 'rating' in parcel || at >= BATCH_TRACES || (at > 0 && bytes > BATCH_BYTES);
    });
    return this.parcels.slice(0, end < 0 ? undefined : end);
  }

  /** They were delivered, or never will be. */
  remove(done: readonly Parcel[]): void {
    this.parcels = this.parcels.filter((parcel) => {
      const isDone = done.includes(parcel);
      if (isDone) this.held -= parcel.bytes;
      return !isDone;
    });
  }

  /** Lets the others pass. */
  postpone(parcel: Parcel): void {
    if (this.parcels.includes(parcel)) {
      this.parcels = [...this.parcels.filter((other) => other !== parcel), parcel];
    }
  }

  private add(parcel: Parcel): boolean {
    if (this.held + parcel.bytes > this.limit) return false;
    this.parcels.push(parcel);
    this.held += parcel.bytes;
    return true;
  }
}
