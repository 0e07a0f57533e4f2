import { Component, computed, effect, inject, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { EventFilter, RailAction, RailEvent } from '../api/guardrails-api';
import { LanguageStore } from '../i18n/language-store';
import { When } from '../i18n/when';
import { PageState } from '../ui/page-state';
import { EventsStore } from './events-store';
import { GuardrailsNav } from './guardrails-nav';
import { RailName } from './rail-name';
import { RAIL_NAMES } from './rail-names.rules';

/** What the rails found, for whom and what was done: never what was written. */
@Component({
  selector: 'app-events-page',
  imports: [GuardrailsNav, PageState, RailName, TranslocoPipe, When],
  templateUrl: './events-page.html',
  styleUrl: './events-page.css',
})
export class EventsPage {
  private readonly languages = inject(LanguageStore);
  protected readonly store = inject(EventsStore);
  protected readonly rail = signal('');
  protected readonly action = signal<RailAction | ''>('');
  protected readonly reported = signal(false);
  protected readonly rails = RAIL_NAMES;
  protected readonly actions: readonly RailAction[] = [
    'block',
    'mask',
    'replace',
    'answer',
    'flag',
  ];
  protected readonly filter = computed<EventFilter>(() => {
    const [rail, action] = [this.rail(), this.action()];
    return {
      ...(rail && { rail }),
      ...(action && { action }),
      ...(this.reported() && { reported: 'true' as const }),
    };
  });
  protected readonly isFiltered = computed(() => Object.keys(this.filter()).length > 0);

  constructor() {
    effect(() => {
      void this.store.load(this.filter());
    });
  }

  protected chooseAction(value: string): void {
    this.action.set(this.actions.find((one) => one === value) ?? '');
  }

  /** What was done, or that the rail failed. */
  protected done({ action, outcome }: RailEvent): string {
    return this.languages.text(
      outcome === 'hit' ? `guardrails.action-${action}` : `guardrails.outcome-${outcome}`,
    );
  }
}
