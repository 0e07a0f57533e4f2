import { inject, Service, signal } from '@angular/core';
import { ConversationsApi } from '../api/conversations-api';
import type { Conversation } from '../api/contract';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Toasts } from '../ui/toasts';
import { HistoryStore } from './history-store';

const PAGE = 50;

/** The conversations that were deleted and can still come back. */
@Service()
export class TrashStore {
  private readonly api = inject(ConversationsApi);
  private readonly history = inject(HistoryStore);
  private readonly toasts = inject(Toasts);
  private readonly languages = inject(LanguageStore);
  private readonly failures = inject(FailureTexts);
  private readonly list = signal<readonly Conversation[]>([]);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private readonly cursor = signal<string | null>(null);

  readonly conversations = this.list.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  readonly nextCursor = this.cursor.asReadonly();

  /** Never rejects: a failure is a state. */
  async load(): Promise<void> {
    this.condition.set('loading');
    try {
      const page = await this.api.listTrash(null, PAGE);
      this.list.set(page.items);
      this.cursor.set(page.nextCursor);
      this.condition.set('ready');
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    }
  }

  async loadMore(): Promise<void> {
    await this.attempt(async () => {
      const page = await this.api.listTrash(this.cursor(), PAGE);
      this.list.update((known) => [...known, ...page.items]);
      this.cursor.set(page.nextCursor);
    });
  }

  async restore(id: number): Promise<void> {
    if (!(await this.history.restore(id))) return;
    const title = this.list().find((one) => one.id === id)?.title;
    this.drop(id);
    const name = title ?? this.languages.text('history.untitled');
    this.toasts.show(this.languages.text('trash.restored', { name }));
  }

  async removeForGood(id: number): Promise<void> {
    await this.attempt(async () => {
      await this.api.removeForGood(id);
      this.drop(id);
    });
  }

  async empty(): Promise<void> {
    await this.attempt(async () => {
      await this.api.emptyTrash();
      await this.load();
    });
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }

  private drop(id: number): void {
    this.list.update((known) => known.filter((one) => one.id !== id));
  }
}
