import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { dayName, type Day } from './day.rules';
import { numbersOf, type NumbersOrder } from './chart-numbers.rules';
import type { Series } from './series.rules';

/** The numbers a chart is drawn from: a row a day, a column a series, sorted by any of them. */
@Component({
  selector: 'app-chart-numbers',
  imports: [Icon, TranslocoPipe],
  template: `
    <div class="scroll" role="region" tabindex="0" [attr.aria-label]="caption()">
      <table>
        <caption class="visually-hidden">
          {{
            caption()
          }}
        </caption>
        <thead>
          <tr>
            @for (column of columns(); track column.by) {
              <th scope="col" [attr.aria-sort]="direction(column.by)">
                <button type="button" (click)="sort(column.by)">
                  {{ column.label }}
                  <app-icon
                    [class.off]="order().by !== column.by"
                    [name]="order().by === column.by && !order().down ? 'arrow-up' : 'arrow-down'"
                  />
                </button>
              </th>
            }
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.day) {
            <tr>
              <th scope="row">{{ name(row.day) }}</th>
              @for (value of row.values; track $index) {
                <td>{{ value === 0 ? '–' : amount()(value) }}</td>
              }
            </tr>
          } @empty {
            <tr>
              <td>{{ 'usage.noneHere' | transloco }}</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styleUrl: './usage-table.css',
})
export class ChartNumbers {
  private readonly languages = inject(LanguageStore);
  readonly days = input.required<readonly Day[]>();
  readonly series = input.required<readonly (Series & { readonly name: string })[]>();
  readonly caption = input.required<string>();
  readonly amount = input.required<(value: number) => string>();
  protected readonly order = signal<NumbersOrder>({ by: 'day', down: false });
  protected readonly columns = computed(() => {
    const series = this.series();
    const day = { by: 'day', label: this.languages.text('usage.by-day') };
    const total = { by: 'total', label: this.languages.text('usage.total') };
    const each = series.map(({ key, name }) => ({ by: `series:${key}`, label: name }));
    return series.length > 1 ? [day, ...each, total] : [day, total];
  });
  protected readonly rows = computed(() => numbersOf(this.series(), this.days(), this.order()));

  protected name(day: Day): string {
    return dayName(day, this.languages.language());
  }

  protected sort(by: string): void {
    const { by: before, down } = this.order();
    this.order.set({ by, down: by === before ? !down : by !== 'day' });
  }

  protected direction(by: string): 'ascending' | 'descending' | null {
    const order = this.order();
    if (order.by !== by) return null;
    return order.down ? 'descending' : 'ascending';
  }
}
