import { computed, inject, Service, signal } from '@angular/core';
import {
  GuardrailsApi,
  type GuardrailStatus,
  type Policy,
  type PolicyWithFiles,
} from '../api/guardrails-api';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Toasts } from '../ui/toasts';

/** The policy in force and every version there is, newest first. */
@Service()
export class PoliciesStore {
  private readonly api = inject(GuardrailsApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);
  private readonly list = signal<readonly Policy[]>([]);
  private readonly cursor = signal<string | null>(null);
  private readonly said = signal<GuardrailStatus | null>(null);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private readonly working = signal(false);

  readonly policies = this.list.asReadonly();
  readonly status = this.said.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  /** Something is being published, deleted or fetched. */
  readonly busy = this.working.asReadonly();
  readonly hasMore = computed(() => this.cursor() !== null);

  /** Never rejects: a failure is a state. What was shown before stays while it is fetched anew. */
  async load(): Promise<void> {
    if (this.said() === null) this.condition.set('loading');
    try {
      const [status, page] = await Promise.all([this.api.status(), this.api.policies(null)]);
      this.said.set(status);
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
    if (cursor === null) return;
    await this.do(async () => {
      const page = await this.api.policies(cursor);
      this.list.update((known) => [...known, ...page.items]);
      this.cursor.set(page.nextCursor);
    });
  }

  /** Puts a version in force, with a way back to the one before. Never rejects. */
  async publish(id: number): Promise<void> {
    await this.do(async () => {
      const before = (await this.api.status()).active.id;
      await this.api.publish(id);
      await this.load();
      const undo = before === id ? undefined : this.back(before);
      this.toasts.show(this.languages.text('guardrails.published', { id }), undo);
    });
  }

  /** Deletes a draft, with a way to have it again under a new number. Never rejects. */
  async remove(id: number): Promise<void> {
    await this.do(async () => {
      const draft = await this.api.policy(id);
      await this.api.remove(id);
      this.list.update((known) => known.filter((one) => one.id !== id));
      const run = (): void => void this.restore(draft);
      const undo = { label: this.languages.text('action.undo'), run };
      this.toasts.show(this.languages.text('guardrails.deleted', { id }), undo);
    });
  }

  private async restore({ files, note }: PolicyWithFiles): Promise<void> {
    await this.do(async () => {
      await this.api.create(files, note);
      await this.load();
    });
  }

  private back(id: number) {
    return { label: this.languages.text('action.undo'), run: () => void this.publish(id) };
  }

  private async do(work: () => Promise<void>): Promise<void> {
    this.working.set(true);
    try {
      await work();
    } catch (thrown) {
      this.failures.show(thrown);
    } finally {
      this.working.set(false);
    }
  }
}
