import { Injectable } from '@nestjs/common';
import type { PostStatus } from '#db';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { ChatModel } from '../llm/chat-model.js';
import type { ErrorCode } from '../platform/error-codes.js';
import { Metrics } from '../platform/metrics.js';
import { LiveRuns } from './live-runs.js';

/** Seconds from asking a model to its first text. */
const FIRST_TEXT_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30];

/** Seconds from asking a model to the end of its answer. */
const ANSWER_BUCKETS = [0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300];

/** Far more than anybody sets up; models beyond it are counted together. */
const MOST_MODELS = 50;

/** How a call ended, as far as it is counted. */
export interface CountedCall {
  readonly errorCode: ErrorCode | null;
  readonly promptTokens: number;
  readonly cachedTokens: number | null;
  readonly completionTokens: number;
  readonly ttftMs: number | null;
  readonly durationMs: number;
}

type Asked = Pick<ChatModel, 'provider' | 'id'>;

/** Counts what models were asked and what came of it. */
@Injectable()
export class AnswerMetrics {
  private readonly known = new Set<string>();
  private readonly counts;

  constructor(metrics: Metrics, live: LiveRuns) {
    this.counts = countsIn(metrics.registry);
    metrics.gauge('prosa_runs_open', 'Answers in the making.', () => live.size);
  }

  /** Counts an answer that has ended, by the model that gave it or was asked last. */
  countAnswer({ provider, id }: Asked, status: PostStatus): void {
    this.counts.answers.inc({ provider, model: this.labelOf(id), status });
  }

  /** Counts a call that has ended, however it did; an answer may take several. */
  count({ provider, id }: Asked, answer: CountedCall): void {
    const { ttftMs, durationMs, errorCode } = answer;
    const of = { provider, model: this.labelOf(id) };
    const { firstText, duration, tokens, errors } = this.counts;
    if (ttftMs !== null) {
      firstText.observe(of, ttftMs / 1000);
    }
    duration.observe(of, durationMs / 1000);
    tokens.inc({ ...of, direction: 'prompt' }, answer.promptTokens);
    tokens.inc({ ...of, direction: 'completion' }, answer.completionTokens);
    tokens.inc({ ...of, direction: 'cached' }, answer.cachedTokens ?? 0);
    if (errorCode?.startsWith('MODEL.')) {
      errors.inc({ ...of, code: errorCode });
    }
  }

  private labelOf(model: string): string {
    if (!this.known.has(model) && this.known.size >= MOST_MODELS) {
      return 'other';
    }
    this.known.add(model);
    return model;
  }
}

function countsIn(registry: Registry) {
  const labelNames = ['provider', 'model'] as const;
  const registers = [registry];
  return {
    firstText: new Histogram({
      name: 'prosa_answer_first_text_seconds',
      help: 'From asking a model to its first text that may be shown.',
      labelNames,
      buckets: FIRST_TEXT_BUCKETS,
      registers,
    }),
    duration: new Histogram({
      name: 'prosa_answer_duration_seconds',
      help: 'From asking a model to the end of its answer; a call each.',
      labelNames,
      buckets: ANSWER_BUCKETS,
      registers,
    }),
    answers: new Counter({
      name: 'prosa_answers_total',
      help: 'Answers by how they ended.',
      labelNames: [...labelNames, 'status'],
      registers,
    }),
    tokens: new Counter({
      name: 'prosa_tokens_total',
      help: 'Tokens sent to models (of which some cached) and received from them.',
      labelNames: [...labelNames, 'direction'],
      registers,
    }),
    errors: new Counter({
      name: 'prosa_provider_errors_total',
      help: 'Calls that a provider failed to answer, by code.',
      labelNames: [...labelNames, 'code'],
      registers,
    }),
  };
}
