import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { Segments } from '../ui/segments';
import { PageState } from '../ui/page-state';
import { daysOf, type DayRange } from './day.rules';
import { RangePicker } from './range-picker';
import { saveFile } from './save-file';
import type { NamedGroup } from './sort.rules';
import {
  FILTERS,
  afterChoosing,
  byOf,
  dimensionOf,
  filterOf,
  type FilterName,
  type TeamAddress,
} from './team-filter.rules';
import { TeamUsageStore } from './team-usage-store';
import { UsageChart } from './usage-chart';
import { UsageNames } from './usage-names';
import { UsageNav } from './usage-nav';
import { DIMENSIONS, type Dimension } from './usage-rows.rules';
import { UsageTable } from './usage-table';
import { UsageTiles } from './usage-tiles';

/** Everybody's usage, for administrators. The address says what is shown: it can be kept and shared. */
@Component({
  selector: 'app-team-usage',
  imports: [
    Icon,
    RangePicker,
    Segments,
    PageState,
    TranslocoPipe,
    UsageChart,
    UsageNav,
    UsageTable,
    UsageTiles,
  ],
  templateUrl: './team-usage.html',
  styleUrl: './usage.css',
})
export class TeamUsagePage {
  private readonly router = inject(Router);
  private readonly languages = inject(LanguageStore);
  private readonly failures = inject(FailureTexts);
  private readonly names = inject(UsageNames);
  protected readonly store = inject(TeamUsageStore);
  // From the address.
  readonly from = input<string>();
  readonly to = input<string>();
  readonly by = input<string>();
  readonly userId = input<string>();
  readonly model = input<string>();
  readonly purpose = input<string>();
  readonly door = input<string>();
  private readonly address = computed<TeamAddress>(() => {
    const given = {
      from: this.from(),
      to: this.to(),
      by: this.by(),
      userId: this.userId(),
      model: this.model(),
      purpose: this.purpose(),
      door: this.door(),
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => !!value));
  });
  protected readonly dimension = computed(() => byOf(this.address()));
  protected readonly dimensions = computed(() =>
    DIMENSIONS.map((value) => ({ value, label: this.languages.text(`usage.by-${value}`) })),
  );
  /** The days of the address, at once; those of the answer come after it. */
  protected readonly range = computed(() => {
    const today = this.store.today();
    return today === null ? null : filterOf(this.address(), today);
  });
  protected readonly days = computed(() => {
    const usage = this.store.view()?.usage;
    return usage ? daysOf(usage) : [];
  });
  protected readonly groups = computed(() => {
    const view = this.store.view();
    return view ? this.names.groups(view.usage.rows, view.dimension) : [];
  });
  protected readonly chips = computed(() =>
    FILTERS.flatMap((filter) => {
      const key = this.address()[filter];
      return key ? [{ filter, text: this.chipText(filter, key) }] : [];
    }),
  );
  protected readonly saving = signal(false);

  constructor() {
    this.store.begin();
    effect(() => {
      this.address();
      untracked(() => this.reload());
    });
  }

  protected reload(): void {
    const address = this.address();
    void this.store.load((today) => filterOf(address, today), this.dimension());
  }

  protected showDays({ from, to }: DayRange): void {
    this.go({ from, to });
  }

  protected tellApartBy(by: Dimension | null): void {
    if (by) this.go({ by });
  }

  protected choose({ key }: NamedGroup): void {
    this.go(afterChoosing(this.store.view()?.dimension ?? 'model', key));
  }

  protected drop(filter: FilterName): void {
    this.go({ [filter]: null });
  }

  protected dropAll(): void {
    void this.router.navigate(['/usage/team']);
  }

  /** What the page shows, as a file. */
  protected async save(): Promise<void> {
    const view = this.store.view();
    if (!view) return;
    this.saving.set(true);
    try {
      const file = await this.store.csv(view);
      const { from, to } = view.usage;
      saveFile(file, `${this.languages.text('usage.fileName')}-${from}-${to}.csv`);
    } catch (thrown) {
      this.failures.show(thrown);
    } finally {
      this.saving.set(false);
    }
  }

  private go(change: Record<string, string | null> | TeamAddress): void {
    void this.router.navigate(['/usage/team'], {
      queryParams: change,
      queryParamsHandling: 'merge',
    });
  }

  private chipText(filter: FilterName, key: string): string {
    const dimension = dimensionOf(filter);
    const person = this.store.view()?.people.rows.find(({ userId }) => String(userId) === key);
    const name = this.names.label(dimension, key, person?.username ?? key);
    return this.languages.text(`usage.only-${dimension}`, { name });
  }
}
