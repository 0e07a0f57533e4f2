import { Component, computed, effect, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { EventFilter, RailAction, RailEvent, Stage } from '../api/guardrails-api';
import { LanguageStore } from '../i18n/language-store';
import { When } from '../i18n/when';
import { PageState } from '../ui/page-state';
import { COUNTED_DAYS, EventsStore } from './events-store';
import { GuardrailsNav } from './guardrails-nav';
import { RailCounts } from './rail-counts';
import { lastDay } from './rail-counts.rules';
import { RailName } from './rail-name';
import { RAIL_NAMES } from './rail-names.rules';

/** What the rails found, for whom and what was done: never what was written. */
@Component({
  selector: 'app-events-page',
  imports: [GuardrailsNav, PageState, RailCounts, RailName, RouterLink, TranslocoPipe, When],
  templateUrl: './events-page.html',
  styleUrl: './events-page.css',
})
export class EventsPage {
  private readonly languages = inject(LanguageStore);
  protected readonly store = inject(EventsStore);
  protected readonly rail = signal('');
  protected readonly stage = signal<Stage | ''>('');
  protected readonly action = signal<RailAction | ''>('');
  protected readonly reported = signal(false);
  protected readonly rails = RAIL_NAMES;
  protected readonly stages: readonly Stage[] = ['input', 'retrieved', 'output'];
  protected readonly days = COUNTED_DAYS;
  protected readonly today = computed(() => lastDay(this.store.counts(), new Date()));
  protected readonly actions: readonly RailAction[] = [
    'block',
    'mask',
    'replace',
    'answer',
    'flag',
  ];
  protected readonly filter = computed<EventFilter>(() => {
    const [rail, stage, action] = [this.rail(), this.stage(), this.action()];
    return {
      ...(rail && { rail }),
      ...(stage && { stage }),
      ...(action && { action }),
      ...(this.reported() && { reported: 'true' as const }),
    };
  });
  protected readonly isFiltered = computed(() => Object.keys(this.filter()).length > 0);

  constructor() {
    void this.store.loadCounts();
    effect(() => {
      void this.store.load(this.filter());
    });
  }

  protected chooseStage(value: string): void {
    this.stage.set(this.stages.find((one) => one === value) ?? '');
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

  protected doorName(door: string): string {
    return door === 'web' || door === 'simple' ? this.languages.text(`usage.door-${door}`) : door;
  }
}
