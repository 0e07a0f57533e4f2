import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Metrics } from '../../platform/metrics.js';
import type { RailHit } from '../judged-text.rules.js';

/** Counts what rails did. */
@Injectable()
export class RailMetrics {
  private readonly hits;

  constructor({ registry }: Metrics) {
    this.hits = new Counter({
      name: 'prosa_guardrail_hits_total',
      help: 'Texts in which a rail found something, by what was done; `closed` and `opened`: it failed.',
      labelNames: ['stage', 'rail', 'action', 'outcome'],
      registers: [registry],
    });
  }

  count(hits: readonly RailHit[]): void {
    for (const { stage, rail, action, outcome } of hits) {
      this.hits.inc({ stage, rail, action, outcome });
    }
  }
}
