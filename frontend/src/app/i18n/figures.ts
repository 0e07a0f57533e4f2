import { inject, Service } from '@angular/core';
import { countOf, durationOf, moneyOf, percentOf, pluralOf, shortCountOf } from './figures.rules';
import { LanguageStore } from './language-store';
import { sizeOf } from './size.rules';

/** Money, counts and times as the language in use writes them. */
@Service()
export class Figures {
  private readonly languages = inject(LanguageStore);

  /** @param usd dollars */
  money(usd: number): string {
    return moneyOf(usd, this.languages.language());
  }

  count(count: number): string {
    return countOf(count, this.languages.language());
  }

  /** @param part 1 is all of it */
  percent(part: number): string {
    return percentOf(part, this.languages.language());
  }

  plural(count: number): 'one' | 'other' {
    return pluralOf(count, this.languages.language());
  }

  shortCount(count: number): string {
    return shortCountOf(count, this.languages.language());
  }

  /** @param ms milliseconds */
  duration(ms: number): string {
    return durationOf(ms, this.languages.language());
  }

  /** @param bytes how many */
  size(bytes: number): string {
    return sizeOf(bytes, this.languages.language());
  }
}
