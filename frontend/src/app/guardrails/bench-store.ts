import { inject, Service, signal } from '@angular/core';
import type { Subscription } from 'rxjs';
import {
  type ComparedChange,
  GuardrailComparisons,
  type ComparisonCounts,
  type ComparisonQuestion,
} from '../api/guardrail-comparisons';
import { FailureTexts } from '../i18n/failure-texts';

/** What a comparison came to. */
export interface ComparisonResult {
  readonly current: ComparisonCounts;
  readonly draft: ComparisonCounts;
}

/** Has the policy in force and another judge the same prompts. */
@Service()
export class BenchStore {
  private readonly comparisons = inject(GuardrailComparisons);
  private readonly failures = inject(FailureTexts);
  private readonly found = signal<readonly ComparedChange[]>([]);
  private readonly outcome = signal<ComparisonResult | null>(null);
  private readonly reached = signal<{ done: number; total: number } | null>(null);
  private readonly problem = signal('');
  private running: Subscription | null = null;

  /** Prompts that the two judge differently. */
  readonly changes = this.found.asReadonly();
  /** Null until it is over. */
  readonly result = this.outcome.asReadonly();
  /** Null while nothing runs. */
  readonly progress = this.reached.asReadonly();
  readonly failure = this.problem.asReadonly();

  start(question: ComparisonQuestion): void {
    this.stop();
    this.found.set([]);
    this.outcome.set(null);
    this.problem.set('');
    this.reached.set({ done: 0, total: 0 });
    this.running = this.comparisons.compare$(question).subscribe({
      next: (event) => {
        if (event.type === 'progress') this.reached.set(event);
        else if (event.type === 'change') this.found.update((known) => [...known, event]);
        else this.outcome.set(event);
      },
      error: (thrown: unknown) => {
        this.problem.set(this.failures.of(thrown));
        this.reached.set(null);
      },
      complete: () => this.reached.set(null),
    });
  }

  /** The server gives up as well. */
  stop(): void {
    this.running?.unsubscribe();
    this.running = null;
    this.reached.set(null);
  }
}
