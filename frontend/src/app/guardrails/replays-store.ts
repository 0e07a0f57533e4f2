import { computed, inject, Service, signal } from '@angular/core';
import { GuardrailsApi, type Replay } from '../api/guardrails-api';
import { FailureTexts } from '../i18n/failure-texts';

/** Who had the prompts of others judged once more, newest first. */
@Service()
export class ReplaysStore {
  private readonly api = inject(GuardrailsApi);
  private readonly failures = inject(FailureTexts);
  private readonly list = signal<readonly Replay[]>([]);
  private readonly cursor = signal<string | null>(null);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private readonly working = signal(false);

  readonly replays = this.list.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  readonly busy = this.working.asReadonly();
  readonly hasMore = computed(() => this.cursor() !== null);

  /** Never rejects: a failure is a state. What was shown before stays while it is fetched anew. */
  async load(): Promise<void> {
    if (this.condition() === 'failed') this.condition.set('loading');
    try {
      const page = await this.api.replays(null);
      this.list.set(page.items);
      this.cursor.set(page.nextCursor);
      this.condition.set('ready');
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    }
  }

  async loadMore(): Promise<void> {
    const cursor = this.cursor();
    if (cursor === null || this.working()) return;
    this.working.set(true);
    try {
      const page = await this.api.replays(cursor);
      this.list.update((known) => [...known, ...page.items]);
      this.cursor.set(page.nextCursor);
    } catch (thrown) {
      this.failures.show(thrown);
    } finally {
      this.working.set(false);
    }
  }
}
