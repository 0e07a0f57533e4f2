import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Figures } from '../../i18n/figures';
import { LanguageStore } from '../../i18n/language-store';
import type { CheckedNumber, Verdict } from '../../markdown/citation.rules';
import { Icon } from '../../ui/icon';

const DOUBTS = ['misquoted', 'unsupported', 'unknown'] as const satisfies readonly Verdict[];

/** Says below an answer that some of what it cites does not stand in its sources. */
@Component({
  selector: 'app-citation-doubts',
  imports: [Icon, TranslocoPipe],
  template: `
    @if (doubts().length > 0) {
      <div class="note warn">
        <app-icon name="triangle-alert" />
        <span class="grow">
          {{ doubts().join(' ') }}
          {{ 'sources.checkThem' | transloco }}
        </span>
      </div>
    }
  `,
  styles: `
    .note {
      margin-top: var(--s4);
      font-size: var(--size-small);
    }
  `,
})
export class CitationDoubts {
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);
  readonly checks = input.required<readonly CheckedNumber[]>();
  protected readonly doubts = computed(() =>
    DOUBTS.flatMap((verdict) => {
      const count = this.checks().filter((check) => check.verdict === verdict).length;
      if (count === 0) return [];
      const key = `sources.${verdict}-${this.figures.plural(count)}`;
      return [this.languages.text(key, { count: this.figures.count(count) })];
    }),
  );
}
