import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { COLUMNS, nextOrder, sorted, type Column, type NamedGroup, type Order } from './sort.rules';
import { costKnowledge, type Dimension } from './usage-rows.rules';
import { UsageWords } from './usage-words';

/** So many rows are shown before one asks for the rest. */
const FIRST_ROWS = 50;

/** Usage by person, model, day… in a table that sorts; a row may lead to what it is made of. */
@Component({
  selector: 'app-usage-table',
  imports: [Icon, TranslocoPipe],
  // The whole row is the button, for whoever points at it.
  host: { '(click)': 'heedRow($event)' },
  templateUrl: './usage-table.html',
  styleUrl: './usage-table.css',
})
export class UsageTable {
  private readonly languages = inject(LanguageStore);
  protected readonly figures = inject(Figures);
  protected readonly words = inject(UsageWords);
  readonly groups = input.required<readonly NamedGroup[]>();
  readonly dimension = input.required<Dimension>();
  readonly caption = input.required<string>();
  /** Whether a row can be chosen. */
  readonly choosable = input(false);
  readonly chosen = output<NamedGroup>();
  protected readonly columns = COLUMNS;
  private readonly picked = signal<Order | null>(null);
  /** Days in their order, all else by what it cost, until somebody sorts. */
  protected readonly order = computed<Order>(
    () =>
      this.picked() ??
      (this.dimension() === 'day' ? { by: 'name', down: true } : { by: 'cost', down: true }),
  );
  protected readonly all = signal(false);
  private readonly rows = computed(() =>
    sorted(
      this.groups(),
      this.order(),
      this.languages.language(),
      this.dimension() === 'day' ? 'key' : 'label',
    ),
  );
  protected readonly shown = computed(() =>
    this.all() ? this.rows() : this.rows().slice(0, FIRST_ROWS),
  );

  protected sort(by: Column): void {
    this.picked.set(nextOrder(this.order(), by));
  }

  protected heedRow({ target }: Event): void {
    if (!(target instanceof Element) || target.closest('button')) return;
    target.closest('.choosable')?.querySelector('button')?.click();
  }

  protected direction(column: Column): 'ascending' | 'descending' | 'none' {
    const { by, down } = this.order();
    if (by !== column) return 'none';
    return down ? 'descending' : 'ascending';
  }

  protected isUnknown({ figures }: NamedGroup): boolean {
    return costKnowledge(figures) === 'unknown';
  }
}
