import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Clock } from '../i18n/clock';
import { LanguageStore } from '../i18n/language-store';
import { WhatIsLeft } from '../limits/what-is-left';
import { PageState } from '../ui/page-state';
import { Segments } from '../ui/segments';
import {
  dayAt,
  daysOf,
  firstOf,
  isMonth,
  lastOf,
  monthName,
  monthOf,
  type Month,
} from './day.rules';
import { MonthPicker } from './month-picker';
import { OwnUsageStore } from './own-usage-store';
import { UsageChart } from './usage-chart';
import { UsageNames } from './usage-names';
import { UsageNav } from './usage-nav';
import type { Dimension } from './usage-rows.rules';
import { UsageTable } from './usage-table';
import { UsageTiles } from './usage-tiles';

const TABLES = ['model', 'day'] as const satisfies readonly Dimension[];

/** What the person used in a month, by day and by model, and what is left. */
@Component({
  selector: 'app-own-usage',
  imports: [
    MonthPicker,
    NgTemplateOutlet,
    PageState,
    RouterLink,
    Segments,
    TranslocoPipe,
    UsageChart,
    UsageNav,
    UsageTable,
    UsageTiles,
    WhatIsLeft,
  ],
  templateUrl: './own-usage.html',
  styleUrl: './usage.css',
})
export class OwnUsagePage {
  private readonly router = inject(Router);
  private readonly languages = inject(LanguageStore);
  private readonly names = inject(UsageNames);
  private readonly clock = inject(Clock);
  protected readonly store = inject(OwnUsageStore);
  /** From the address: the month, absent for the one it is. */
  readonly month = input<string>();
  private readonly asked = computed<Month | null>(() => {
    const month = this.month();
    return month && isMonth(month) ? month : null;
  });
  /** How the table tells rows apart; never null. */
  protected readonly dimension = signal<(typeof TABLES)[number] | null>('model');
  protected readonly tables = computed(() =>
    TABLES.map((value) => ({ value, label: this.languages.text(`usage.by-${value}`) })),
  );
  /** The month it is at the server. */
  protected readonly thisMonth = computed(() => {
    const zone = this.store.usage()?.timeZone;
    return zone ? monthOf(dayAt(this.clock.now(), zone)) : '';
  });
  protected readonly monthName = computed(() =>
    monthName(this.store.usage()?.month ?? '', this.languages.language()),
  );
  protected readonly days = computed(() => {
    const month = this.store.usage()?.month;
    return month ? daysOf({ from: firstOf(month), to: lastOf(month) }) : [];
  });
  protected readonly groups = computed(() =>
    this.names.groups(this.store.usage()?.rows ?? [], this.dimension() ?? 'model'),
  );

  constructor() {
    this.store.begin();
    effect(() => {
      const month = this.asked();
      untracked(() => void this.store.load(month));
    });
  }

  protected reload(): void {
    void this.store.load(this.asked());
  }

  protected show(month: Month): void {
    void this.router.navigate(['/usage'], {
      queryParams: month === this.thisMonth() ? {} : { month },
    });
  }
}
