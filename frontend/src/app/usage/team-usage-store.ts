import { computed, inject, Service, signal } from '@angular/core';
import { UsageApi, type UsageBy, type UsageFilter, type UsageReport } from '../api/usage-api';
import { Clock } from '../i18n/clock';
import { FailureTexts } from '../i18n/failure-texts';
import { dayAt, type Day } from './day.rules';
import type { Dimension } from './usage-rows.rules';

/** Everybody's usage as one page shows it. */
export interface TeamUsageView {
  readonly dimension: Dimension;
  readonly filter: UsageFilter;
  /** Told apart by day and by the dimension. */
  readonly usage: UsageReport;
  /** The same usage told apart by person: who they are, and how many. */
  readonly people: UsageReport;
}

/** What everybody used, for administrators. */
@Service()
export class TeamUsageStore {
  private readonly api = inject(UsageApi);
  private readonly clock = inject(Clock);
  private readonly failures = inject(FailureTexts);
  private readonly zone = signal<string | null>(null);
  private readonly answer = signal<TeamUsageView | null>(null);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private readonly waiting = signal(false);
  private asked = 0;

  readonly view = this.answer.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  /** True while something else is fetched and what was asked before is still shown. */
  readonly busy = this.waiting.asReadonly();
  /** The day it is at the server; null until it has said in which zone it counts. */
  readonly today = computed(() => {
    const zone = this.zone();
    return zone === null ? null : dayAt(this.clock.now(), zone);
  });

  /** Nothing of an earlier visit is shown again. */
  begin(): void {
    this.answer.set(null);
    this.condition.set('loading');
  }

  /**
   * Never rejects: a failure is a state.
   * @param filterOn what to ask for, on the day it is at the server
   */
  async load(filterOn: (today: Day) => UsageFilter, dimension: Dimension): Promise<void> {
    const asked = ++this.asked;
    if (this.condition() !== 'ready') this.condition.set('loading');
    this.waiting.set(true);
    try {
      const filter = filterOn(await this.findToday());
      if (asked !== this.asked) return;
      const [usage, people] = await Promise.all([
        this.api.report(filter, byOf(dimension)),
        this.api.report(filter, ['person']),
      ]);
      if (asked !== this.asked) return;
      this.answer.set({ dimension, filter, usage, people });
      this.condition.set('ready');
    } catch (thrown) {
      if (asked !== this.asked) return;
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    } finally {
      if (asked === this.asked) this.waiting.set(false);
    }
  }

  /**
   * What is shown, as a file.
   * @throws ApiFailure
   */
  csv({ filter, dimension }: TeamUsageView): Promise<Blob> {
    return this.api.csv(filter, byOf(dimension));
  }

  private async findToday(): Promise<Day> {
    const zone = this.zone() ?? (await this.api.mine(null)).timeZone;
    this.zone.set(zone);
    return dayAt(this.clock.now(), zone);
  }
}

const byOf = (dimension: Dimension): readonly UsageBy[] =>
  dimension === 'day' ? ['day'] : ['day', dimension];
