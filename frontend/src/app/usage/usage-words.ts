import { inject, Service } from '@angular/core';
import type { UsageFigures } from '../api/usage-api';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { costKnowledge, type Measure } from './usage-rows.rules';

/** Sums of usage in the words of the language in use. */
@Service()
export class UsageWords {
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);

  /** "US$ 1,20"; "≥ US$ 1,20" where some calls have no price; "desconhecido" where none has. */
  cost(figures: UsageFigures): string {
    const money = this.figures.money(figures.costUsd ?? 0);
    switch (costKnowledge(figures)) {
      case 'exact':
        return money;
      case 'atLeast':
        return `≥ ${money}`;
      case 'unknown':
        return this.languages.text('usage.unknown');
    }
  }

  /** An amount of what a chart shows. */
  amount(value: number, measure: Measure): string {
    return measure === 'cost' ? this.figures.money(value) : this.figures.count(value);
  }

  /** The same for an axis. */
  shortAmount(value: number, measure: Measure): string {
    return measure === 'cost' ? this.figures.money(value) : this.figures.shortCount(value);
  }
}
