import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { UsageRow } from '../api/usage-api';
import { LanguageStore } from '../i18n/language-store';
import { BarChart } from '../ui/bar-chart';
import { Segments } from '../ui/segments';
import { ChartNumbers } from './chart-numbers';
import { dayName, type Day } from './day.rules';
import { OTHERS, seriesOf, totalsOf } from './series.rules';
import { UsageNames } from './usage-names';
import { MEASURES, type Dimension, type Measure } from './usage-rows.rules';
import { UsageWords } from './usage-words';

/** Cost, tokens or calls by day, stacked by model, person…, with the numbers behind it. */
@Component({
  selector: 'app-usage-chart',
  imports: [BarChart, ChartNumbers, Segments, TranslocoPipe],
  template: `
    <div class="head">
      <h2>{{ heading() }}</h2>
      <app-segments
        [legend]="'usage.show' | transloco"
        [quiet]="true"
        [options]="measures()"
        [(value)]="measure"
      />
    </div>
    @if (series().length > 0) {
      <app-bar-chart
        [labels]="labels()"
        [series]="series()"
        [description]="description()"
        [amount]="amount"
        [shortAmount]="shortAmount"
        [totalLabel]="'usage.total' | transloco"
      />
    } @else {
      <p class="nothing quiet">
        {{ (measure() === 'cost' ? 'usage.noCost' : 'usage.noneHere') | transloco }}
      </p>
    }
    <details>
      <summary>{{ 'usage.numbers' | transloco }}</summary>
      <app-chart-numbers
        [days]="days()"
        [series]="series()"
        [caption]="heading()"
        [amount]="amount"
      />
    </details>
  `,
  styles: `
    :host {
      display: block;
      padding: var(--s4);
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: var(--s2) var(--s4);
      margin-bottom: var(--s4);
    }
    h2 {
      font-size: 1.0625rem;
    }
    .nothing {
      padding: var(--s8) 0;
      text-align: center;
    }
    details {
      margin-top: var(--s3);
    }
    summary {
      width: fit-content;
      padding: var(--s1) 0;
      color: var(--ink-soft);
      font-size: var(--size-small);
      cursor: pointer;
    }
    app-chart-numbers {
      margin: var(--s1) calc(-1 * var(--s4)) 0;
    }
    summary:hover {
      color: var(--ink);
    }
  `,
})
export class UsageChart {
  private readonly languages = inject(LanguageStore);
  private readonly names = inject(UsageNames);
  private readonly words = inject(UsageWords);
  readonly rows = input.required<readonly UsageRow[]>();
  readonly days = input.required<readonly Day[]>();
  readonly dimension = input.required<Dimension>();
  /** What is measured; never null. */
  protected readonly measure = signal<Measure | null>('cost');
  private readonly measured = computed(() => this.measure() ?? 'cost');
  protected readonly measures = computed(() =>
    MEASURES.map((value) => ({ value, label: this.languages.text(`usage.measure-${value}`) })),
  );
  protected readonly heading = computed(() => {
    const byDay = this.languages.text(`usage.day-${this.measured()}`);
    const dimension = this.dimension();
    if (dimension === 'day') return byDay;
    return this.languages.text(`usage.and-${dimension}`, { byDay });
  });
  protected readonly labels = computed(() =>
    this.days().map((day) => dayName(day, this.languages.language())),
  );
  protected readonly series = computed(() => {
    const dimension = this.dimension();
    const nameOf = this.names.series(this.names.groups(this.rows(), dimension), dimension);
    return seriesOf(this.rows(), this.days(), dimension, this.measured()).map((series, i) => ({
      ...series,
      name: nameOf(series.key),
      colour: series.key === OTHERS ? '--chart-others' : `--chart-${i + 1}`,
    }));
  });
  protected readonly description = computed(() => {
    const totals = totalsOf(this.series(), this.days());
    const most = Math.max(...totals);
    const day = this.days()[totals.indexOf(most)] ?? '';
    return this.languages.text('usage.picture', {
      heading: this.heading(),
      day: dayName(day, this.languages.language()),
      most: this.amount(most),
      total: this.amount(totals.reduce((sum, value) => sum + value, 0)),
    });
  });
  protected readonly amount = (value: number): string => this.words.amount(value, this.measured());
  protected readonly shortAmount = (value: number): string =>
    this.words.shortAmount(value, this.measured());
}
