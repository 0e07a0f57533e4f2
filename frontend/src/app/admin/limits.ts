import {
  Component,
  type ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Limit, NewLimit } from '../api/limits-api';
import { LanguageStore } from '../i18n/language-store';
import { LimitTexts } from '../limits/limit-texts';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { LimitForm } from './limit-form';
import { LimitsStore } from './limits-store';
import { midnightIn } from './zone.rules';

type Open =
  | { readonly form: 'new'; readonly suggestion: NewLimit | null }
  | { readonly form: 'change'; readonly limit: Limit };

/** What an empty page offers: a bound for the bill, and one so that nobody uses it up alone. */
const SUGGESTIONS: readonly NewLimit[] = [
  { scope: 'team', measure: 'usd', period: 'month', amount: 50 },
  { scope: 'everyone', measure: 'requests', period: 'day', amount: 100 },
];

/** How much each person and the team may use, and what an administrator may change about it. */
@Component({
  selector: 'app-limits',
  imports: [Icon, LimitForm, PageState, TranslocoPipe],
  templateUrl: './limits.html',
  styleUrl: './limits.css',
})
export class Limits {
  private readonly injector = inject(Injector);
  private readonly languages = inject(LanguageStore);
  protected readonly store = inject(LimitsStore);
  protected readonly texts = inject(LimitTexts);
  protected readonly open = signal<Open | null>(null);
  protected readonly suggestions = SUGGESTIONS;
  /** The reader's own time when a day begins there; empty where that is midnight, too. */
  protected readonly midnightHere = computed(() => {
    const at = midnightIn(this.store.timeZone(), Date.now());
    if (at === null || new Date(at).getHours() * 60 + new Date(at).getMinutes() === 0) return '';
    const language = this.languages.language();
    return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(at);
  });
  private readonly newButton = viewChild.required<ElementRef<HTMLButtonElement>>('newButton');

  constructor() {
    void this.store.load();
  }

  protected isNamed({ scope }: Limit): boolean {
    return scope === 'role' || scope === 'person';
  }

  protected remove(limit: Limit): void {
    void this.store.remove(limit);
    // The row took the focus along.
    afterNextRender(() => this.newButton().nativeElement.focus(), { injector: this.injector });
  }
}
