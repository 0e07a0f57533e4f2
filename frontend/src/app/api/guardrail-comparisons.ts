import { HttpClient, HttpContext, HttpEventType, type HttpEvent } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { createParser } from 'eventsource-parser';
import { Observable } from 'rxjs';
import { ApiFailure, toApiFailure } from './api-failure';
import type { GuardrailComparison } from './generated/models/guardrail-comparison';
import { SENT_BY } from './sent-by';
import { StreamBackend, type TextPiece } from './stream-backend';

/** Which policy is compared with the one in force, over which prompts. */
export type ComparisonQuestion = GuardrailComparison;

/** What a policy found in a prompt and did about it. */
export interface Judged {
  readonly action: string;
  readonly findings: readonly {
    readonly rail: string;
    readonly rule: string;
    readonly action: string;
    /** In UTF-16 units. */
    readonly start: number;
    readonly end: number;
  }[];
}

/** A prompt that two policies judge differently. */
export interface ComparedChange {
  readonly type: 'change';
  readonly n: number;
  readonly text: string;
  readonly expected: string | null;
  readonly current: Judged;
  readonly draft: Judged;
}

/** How many prompts came to what. */
export interface ComparisonCounts {
  readonly blocked: number;
  readonly masked: number;
  readonly flagged: number;
  readonly answered: number;
  readonly passed: number;
  /** Harmless ones that were blocked, as far as that is known. */
  readonly wronglyBlocked: number;
  /** Attacks that passed, as far as that is known. */
  readonly missed: number;
}

/** How many prompts; null: they are of so few people that it would tell what one of them wrote. */
export type RoundedCount = number | null;

/** How many of the prompts that people asked here came to what. */
export interface ReplayCounts {
  readonly blocked: RoundedCount;
  readonly masked: RoundedCount;
  readonly flagged: RoundedCount;
  readonly answered: RoundedCount;
}

/** What either policy does by one of its rules; null: nothing. */
export interface RuleChange {
  readonly rail: string;
  readonly rule: string;
  readonly current: string | null;
  readonly draft: string | null;
  readonly prompts: number;
}

export type ComparisonEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | ComparedChange
  | {
      readonly type: 'done';
      readonly total: number;
      /** Of these the first 500 are told one by one. */
      readonly changes: number;
      readonly replayed: false;
      /** Rails that ask a model or a service: nobody was asked. */
      readonly notRun: readonly string[];
      readonly current: ComparisonCounts;
      readonly draft: ComparisonCounts;
    }
  | {
      readonly type: 'done';
      readonly total: number;
      readonly changes: RoundedCount;
      /** What people asked here: nothing is told of a single prompt. */
      readonly replayed: true;
      readonly fewestPeople: number;
      readonly notRun: readonly string[];
      readonly current: ReplayCounts;
      readonly draft: ReplayCounts;
      readonly rules: readonly RuleChange[];
    };

const TYPES = ['progress', 'change', 'done', 'error'];

/** `POST /api/guardrails/compare`. Unsubscribing ends it at the server; it fails with ApiFailure. */
@Service()
export class GuardrailComparisons {
  private readonly http = inject(HttpClient);

  compare$(question: ComparisonQuestion): Observable<ComparisonEvent> {
    return this.post$('/api/guardrails/compare', question);
  }

  /** A stored version over as many prompts as a file may hold. */
  compareFile$(policyId: number, prompts: readonly object[]): Observable<ComparisonEvent> {
    const form = new FormData();
    const lines = prompts.map((prompt) => JSON.stringify(prompt));
    form.set('file', new File([lines.join('\n')], 'prompts.jsonl'));
    return this.post$(`/api/guardrails/policies/${policyId}/compare`, form);
  }

  private post$(path: string, body: unknown): Observable<ComparisonEvent> {
    const response$ = this.http.post(path, body, {
      headers: { Accept: 'text/event-stream' },
      observe: 'events',
      responseType: 'text',
      context: new HttpContext().set(SENT_BY, new StreamBackend()),
    });
    return read$(response$);
  }
}

function read$(response$: Observable<HttpEvent<string>>): Observable<ComparisonEvent> {
  return new Observable((out) => {
    const parser = createParser({
      onEvent: ({ event: type, data }) => {
        if (!type || !TYPES.includes(type)) return;
        const said = { ...(JSON.parse(data) as object), type } as ComparisonEvent & {
          code?: string;
          message?: string;
        };
        if (type !== 'error') out.next(said);
        else out.error(new ApiFailure(500, said.code ?? '', said.message ?? ''));
      },
    });
    return response$.subscribe({
      next: (event) => {
        if (event.type === HttpEventType.User) parser.feed((event as TextPiece).piece);
      },
      error: (thrown: unknown) => out.error(toApiFailure(thrown)),
      complete: () => out.complete(),
    });
  });
}
