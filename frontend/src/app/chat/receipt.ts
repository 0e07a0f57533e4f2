import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Usage } from '../api/contract';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { dayName } from '../usage/day.rules';
import { costKind, hasMoreCalls, hasTokens, priceOrigin, traceAddress } from './receipt.rules';

let lastId = 0;

/** What an answer took: one line, and behind it everything that is known. */
@Component({
  selector: 'app-receipt',
  imports: [Icon, TranslocoPipe],
  templateUrl: './receipt.html',
  styleUrl: './receipt.css',
})
export class Receipt {
  private readonly languages = inject(LanguageStore);
  protected readonly figures = inject(Figures);
  readonly usage = input.required<Usage>();
  /** What the model is called. */
  readonly model = input.required<string>();
  readonly open = signal(false);
  protected readonly id = `receipt-${++lastId}`;
  protected readonly traceUrl = computed(() => traceAddress(this.usage()));
  protected readonly spent = computed(() => hasTokens(this.usage()));
  protected readonly moreCalls = computed(() => hasMoreCalls(this.usage()));
  protected readonly prompt = computed(() => this.tokens(this.usage().promptTokens));
  protected readonly completion = computed(() => this.tokens(this.usage().completionTokens));
  protected readonly cost = computed(() => this.costIn(this.usage().costUsd, 'receipt.unknown'));
  protected readonly longCost = computed(() =>
    this.costIn(this.usage().costUsd, 'receipt.unknownCost'),
  );
  protected readonly totalCost = computed(() =>
    this.costIn(this.usage().totalCostUsd, 'receipt.unknownCost'),
  );
  protected readonly price = computed(() => {
    const origin = priceOrigin(this.usage());
    if (!origin) return null;
    const source = origin.key ? this.languages.text(origin.key) : origin.name;
    if (!origin.day) return source;
    const day = dayName(origin.day, this.languages.language(), true);
    return this.languages.text('receipt.priceOf', { source, day });
  });

  /** "≈ 1.204" where Prosa counted; null where nobody did. */
  private tokens(count: number | null): string | null {
    if (count === null) return null;
    return (this.usage().estimated ? '≈ ' : '') + this.figures.count(count);
  }

  private costIn(costUsd: number | null, unknown: string): string {
    switch (costKind(costUsd, this.usage().priceSource)) {
      case 'sum':
        return (this.usage().estimated ? '≈ ' : '') + this.figures.money(costUsd ?? 0);
      case 'free':
        return this.languages.text('receipt.free');
      case 'unknown':
        return this.languages.text(unknown);
    }
  }
}
