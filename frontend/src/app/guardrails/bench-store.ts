import { inject, Service, signal } from '@angular/core';
import type { Subscription } from 'rxjs';
import {
  type ComparedChange,
  GuardrailComparisons,
  type ComparisonEvent,
  type ComparisonQuestion,
  type RoundedCount,
  type RuleChange,
} from '../api/guardrail-comparisons';
import { FailureTexts } from '../i18n/failure-texts';

/** Numbers of two versions: the one that was in force when they were compared, and the other. */
export interface ComparedVersions {
  readonly current: number;
  readonly draft: number;
}

/** What prompts come to, in the order in which it is listed. */
export type CountName =
  'blocked' | 'masked' | 'answered' | 'flagged' | 'passed' | 'wronglyBlocked' | 'missed';

/** How many prompts; null: not told; absent: not counted. */
export type ComparedCounts = Readonly<Partial<Record<CountName, RoundedCount>>>;

/** What a comparison came to. */
export interface ComparisonResult {
  /** How many prompts both judged, and how many of them they judge differently. */
  readonly total: number;
  readonly changes: RoundedCount;
  readonly current: ComparedCounts;
  readonly draft: ComparedCounts;
  /** Of what people asked here: the fewest people of whom a count is told; null: prompts were given. */
  readonly fewestPeople: number | null;
  /** Of what people asked here, what is told in place of single prompts. */
  readonly rules: readonly RuleChange[];
  /** Rails of either version that ask a model or a service: nobody was asked. */
  readonly notRun: readonly string[];
  /** True where some prompt says what it is: only then can mistakes be counted. */
  readonly isLabelled: boolean;
}

/** Has the policy in force and another judge the same prompts. */
@Service()
export class BenchStore {
  private readonly comparisons = inject(GuardrailComparisons);
  private readonly failures = inject(FailureTexts);
  private readonly found = signal<readonly ComparedChange[]>([]);
  private readonly outcome = signal<ComparisonResult | null>(null);
  private readonly reached = signal<{ done: number; total: number } | null>(null);
  private readonly sides = signal<ComparedVersions>({ current: 0, draft: 0 });
  private readonly problem = signal('');
  private running: Subscription | null = null;

  /** Prompts that the two judge differently. */
  readonly changes = this.found.asReadonly();
  /** What is or was compared. */
  readonly versions = this.sides.asReadonly();
  /** Null until it is over. */
  readonly result = this.outcome.asReadonly();
  /** Null while nothing runs. */
  readonly progress = this.reached.asReadonly();
  readonly failure = this.problem.asReadonly();

  start(versions: ComparedVersions, over: Omit<ComparisonQuestion, 'draft'>): void {
    this.stop();
    this.found.set([]);
    this.sides.set(versions);
    this.outcome.set(null);
    this.problem.set('');
    this.reached.set({ done: 0, total: 0 });
    const isLabelled = over.prompts?.some(({ expected }) => expected !== undefined) ?? false;
    const { prompts } = over;
    const events$ = prompts
      ? this.comparisons.compareFile$(versions.draft, prompts)
      : this.comparisons.compare$({ draft: { policyId: versions.draft }, ...over });
    this.running = events$.subscribe({
      next: (event) => this.hear(event, isLabelled),
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

  private hear(event: ComparisonEvent, isLabelled: boolean): void {
    if (event.type === 'progress') this.reached.set(event);
    else if (event.type === 'change') this.found.update((known) => [...known, event]);
    else if (event.replayed) this.outcome.set({ ...event, isLabelled: false });
    else this.outcome.set({ ...event, fewestPeople: null, rules: [], isLabelled });
  }
}
