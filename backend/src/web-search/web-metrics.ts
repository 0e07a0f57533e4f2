import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { Metrics } from '../platform/metrics.js';
import type { Tried } from './provider-chain.js';
import type { WebOutcome } from './web-search.js';

/** Seconds from asking a provider to its answer. */
const BUCKETS = [0.1, 0.25, 0.5, 1, 2, 4, 8];

/** How a page was read: `late`, not within the time that a search has. */
export type PageOutcome = 'read' | 'cached' | 'late' | 'failed';

/** Counts searches of the web: providers that charge for them are not in the ledger of tokens. */
@Injectable()
export class WebMetrics {
  private readonly searches;
  private readonly calls;
  private readonly pages;

  constructor({ registry }: Metrics) {
    const registers = [registry];
    this.searches = new Counter({
      name: 'prosa_web_searches_total',
      help: 'Searches of the web by what they came to; cached: answered without a provider.',
      labelNames: ['outcome'],
      registers,
    });
    this.calls = new Histogram({
      name: 'prosa_web_provider_duration_seconds',
      help: 'Calls of search providers by what they came to.',
      labelNames: ['provider', 'outcome'],
      buckets: BUCKETS,
      registers,
    });
    this.pages = new Counter({
      name: 'prosa_web_pages_total',
      help: 'Pages of results by how they were read.',
      labelNames: ['outcome'],
      registers,
    });
  }

  countSearch(outcome: WebOutcome['status'] | 'cached'): void {
    this.searches.inc({ outcome });
  }

  countCalls(tried: readonly Tried[]): void {
    for (const { provider, outcome, ms } of tried) {
      if (outcome !== 'resting') this.calls.observe({ provider, outcome }, ms / 1000);
    }
  }

  countPage(outcome: PageOutcome): void {
    this.pages.inc({ outcome });
  }
}
