import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds. Most routes take milliseconds; one that waits for an answer takes up to a minute. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Seconds. A stream lasts as long as its answer. */
const STREAM_BUCKETS = [1, 2.5, 5, 10, 30, 60, 120, 300];

/** A request that has ended, as it is counted. */
export interface CountedRequest {
  readonly method: string;
  /** The pattern of the route: addresses hold ids, and would be as many as there are posts. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
  /** How an event stream ended; undefined for every other answer. */
  readonly streamOutcome: string | undefined;
}

/**
 * What this process counts, for Prometheus. Features add their own metrics to the registry. Labels
 * hold only what there is a bounded number of. Nothing here is called for each piece of an answer.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'prosa_http_request_duration_seconds',
    help: 'Requests by route, method and status; event streams are counted apart.',
    labelNames: ['route', 'method', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [this.registry],
  });
  private readonly streams = new Histogram({
    name: 'prosa_http_stream_duration_seconds',
    help: 'Event streams by route and how they ended.',
    labelNames: ['route', 'outcome'],
    buckets: STREAM_BUCKETS,
    registers: [this.registry],
  });

  /** Counts a request that has ended. */
  countRequest({ route, method, status, seconds, streamOutcome }: CountedRequest): void {
    if (streamOutcome === undefined) {
      this.requests.observe({ route, method, status }, seconds);
    } else {
      this.streams.observe({ route, outcome: streamOutcome }, seconds);
    }
  }

  /**
   * Adds a gauge that is read when somebody looks.
   * @param read the value, or the values by that label.
   */
  gauge(name: string, help: string, read: () => number): void;
  gauge(
    name: string,
    help: string,
    read: () => Readonly<Record<string, number>>,
    label: string,
  ): void;
  gauge(
    name: string,
    help: string,
    read: () => number | Readonly<Record<string, number>>,
    label?: string,
  ): void {
    const registers = [this.registry];
    const labelNames = label === undefined ? [] : [label];
    new Gauge<string>({
      name,
      help,
      labelNames,
      registers,
      collect() {
        const value = read();
        if (typeof value === 'number') {
          this.set(value);
          return;
        }
        for (const [of, number] of Object.entries(value)) {
          this.set({ [label ?? '']: of }, number);
        }
      },
    });
  }

  /** Adds what Node knows of this process: memory, CPU, event loop, garbage. Costs a timer. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Everything in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}
