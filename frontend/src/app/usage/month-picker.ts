import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { addMonths, monthName, type Month } from './day.rules';

/** So many months back can be chosen from the list; the arrows go further. */
const LISTED = 24;

/** A month: the one before, the one after, or any of the last two years. */
@Component({
  selector: 'app-month-picker',
  imports: [Icon, TranslocoPipe],
  template: `
    <button
      type="button"
      class="icon-button large"
      [attr.aria-label]="'usage.monthBefore' | transloco"
      (click)="picked.emit(before())"
    >
      <app-icon name="chevron-left" />
    </button>
    <select
      class="input"
      [attr.aria-label]="'usage.month' | transloco"
      (change)="picked.emit(list.value)"
      #list
    >
      @for (one of months(); track one.month) {
        <option [value]="one.month" [selected]="one.month === month()">{{ one.name }}</option>
      }
    </select>
    <button
      type="button"
      class="icon-button large"
      [disabled]="month() >= latest()"
      [attr.aria-label]="'usage.monthAfter' | transloco"
      (click)="picked.emit(after())"
    >
      <app-icon name="chevron-right" />
    </button>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--s1);
    }
    select {
      width: auto;
      min-width: 12rem;
    }
  `,
})
export class MonthPicker {
  private readonly languages = inject(LanguageStore);
  readonly month = input.required<Month>();
  /** The month it is now: there is nothing after it. */
  readonly latest = input.required<Month>();
  readonly picked = output<Month>();
  protected readonly before = computed(() => addMonths(this.month(), -1));
  protected readonly after = computed(() => addMonths(this.month(), 1));
  protected readonly months = computed(() => {
    const listed = Array.from({ length: LISTED }, (_, i) => addMonths(this.latest(), -i));
    const all = listed.includes(this.month()) ? listed : [...listed, this.month()];
    return all.map((month) => ({ month, name: monthName(month, this.languages.language()) }));
  });
}
