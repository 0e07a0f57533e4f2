import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { RailCount } from '../api/guardrails-api';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { BarChart } from '../ui/bar-chart';
import { actionsByDay, daysUpTo, railTotals } from './rail-counts.rules';
import { RailName } from './rail-name';

/** What the rails did in the last days: a picture by day, and a table by rail. */
@Component({
  selector: 'app-rail-counts',
  imports: [BarChart, RailName, TranslocoPipe],
  template: `
    <h2>{{ 'guardrails.lately' | transloco: { days: days() } }}</h2>
    <div class="both">
      <app-bar-chart
        [labels]="labels()"
        [series]="series()"
        [description]="description()"
        [amount]="amount"
        [shortAmount]="tick"
        [totalLabel]="'guardrails.total' | transloco"
      />
      <table>
        <caption class="visually-hidden">
          {{
            'guardrails.lately' | transloco: { days: days() }
          }}
        </caption>
        <thead>
          <tr>
            <th scope="col">{{ 'guardrails.rail' | transloco }}</th>
            <th scope="col">{{ 'guardrails.count' | transloco }}</th>
            <th scope="col">{{ 'guardrails.contested' | transloco }}</th>
          </tr>
        </thead>
        <tbody>
          @for (one of totals(); track one.rail) {
            <tr>
              <th scope="row"><app-rail-name [rail]="one.rail" /></th>
              <td>{{ amount(one.events) }}</td>
              <td>{{ one.reported === 0 ? '–' : amount(one.reported) }}</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    :host {
      display: block;
      padding: var(--s4);
      margin-bottom: var(--s5);
    }
    h2 {
      margin-bottom: var(--s3);
      font-size: 1.0625rem;
    }
    .both {
      display: grid;
      grid-template-columns: minmax(0, 3fr) minmax(16rem, 2fr);
      gap: var(--s5);
      align-items: start;
    }
    table {
      width: 100%;
      border-collapse: collapse;
      font-size: var(--size-small);
    }
    th,
    td {
      padding: var(--s2);
      border-bottom: 1px solid var(--line);
      text-align: end;
      font-variant-numeric: tabular-nums;
    }
    thead th {
      color: var(--ink-soft);
      font-weight: 550;
    }
    th:first-child {
      padding-inline-start: 0;
      text-align: start;
    }
    tbody th {
      font-weight: 400;
    }
    tr:last-child :is(th, td) {
      border-bottom: 0;
    }
    @media (max-width: 47.99rem) {
      .both {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export class RailCounts {
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);
  readonly counts = input.required<readonly RailCount[]>();
  /** How many days are counted. */
  readonly days = input.required<number>();
  /** The last of them, such as `2026-11-21`. */
  readonly today = input.required<string>();
  private readonly dates = computed(() => daysUpTo(this.today(), this.days()));
  protected readonly labels = computed(() => this.dates().map((day) => this.dayName(day)));
  protected readonly totals = computed(() => railTotals(this.counts()));
  protected readonly series = computed(() =>
    actionsByDay(this.counts(), this.dates()).map(({ action, values }, at) => ({
      name: this.languages.text(`guardrails.action-${action}`),
      values,
      colour: `--chart-${at + 1}`,
    })),
  );
  protected readonly description = computed(() => {
    const perDay = this.dates().map((_, at) =>
      this.series().reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
    );
    const most = Math.max(...perDay);
    return this.languages.text('guardrails.picture', {
      days: this.days(),
      total: this.amount(perDay.reduce((sum, value) => sum + value, 0)),
      most: this.amount(most),
      day: this.labels()[perDay.indexOf(most)] ?? '',
    });
  });
  protected readonly amount = (value: number): string => this.figures.count(value);
  /** Half an event is none. */
  protected readonly tick = (value: number): string =>
    Number.isInteger(value) ? this.amount(value) : '';

  private dayName(day: string): string {
    return new Intl.DateTimeFormat(this.languages.language(), {
      timeZone: 'UTC',
      day: 'numeric',
      month: 'short',
    }).format(Date.parse(`${day}T00:00:00Z`));
  }
}
