import { computed, inject, Service, signal } from '@angular/core';
import {
  type EventFilter,
  GuardrailsApi,
  type RailCount,
  type RailEvent,
} from '../api/guardrails-api';
import { FailureTexts } from '../i18n/failure-texts';

/** Days that are counted, today included. */
export const COUNTED_DAYS = 14;

/** What the rails found lately, newest first. */
@Service()
export class EventsStore {
  private readonly api = inject(GuardrailsApi);
  private readonly failures = inject(FailureTexts);
  private readonly list = signal<readonly RailEvent[]>([]);
  private readonly cursor = signal<string | null>(null);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private readonly working = signal(false);
  private readonly counted = signal<readonly RailCount[]>([]);
  private asked = 0;

  readonly events = this.list.asReadonly();
  /** Events of the last days by day, rail and action; none while they are not known. */
  readonly counts = this.counted.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  readonly busy = this.working.asReadonly();
  readonly hasMore = computed(() => this.cursor() !== null);

  /** Never rejects: a failure is a state. */
  async load(filter: EventFilter): Promise<void> {
    const asked = ++this.asked;
    this.working.set(true);
    try {
      const page = await this.api.events(filter, null);
      if (asked !== this.asked) return;
      this.list.set(page.items);
      this.cursor.set(page.nextCursor);
      this.condition.set('ready');
    } catch (thrown) {
      if (asked !== this.asked) return;
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    } finally {
      if (asked === this.asked) this.working.set(false);
    }
  }

  /** Never rejects: where they cannot be had, the list alone is shown. */
  async loadCounts(): Promise<void> {
    this.counted.set(await this.api.eventCounts(COUNTED_DAYS).catch(() => []));
  }

  async loadMore(filter: EventFilter): Promise<void> {
    const cursor = this.cursor();
    if (cursor === null || this.working()) return;
    this.working.set(true);
    try {
      const page = await this.api.events(filter, cursor);
      this.list.update((known) => [...known, ...page.items]);
      this.cursor.set(page.nextCursor);
    } catch (thrown) {
      this.failures.show(thrown);
    } finally {
      this.working.set(false);
    }
  }
}
