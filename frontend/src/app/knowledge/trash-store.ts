import { inject, Service, signal } from '@angular/core';
import { CollectionsApi } from '../api/collections-api';
import type { Page } from '../api/contract';
import { DocumentsApi } from '../api/documents-api';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import type { Discarded } from '../trash/trash-list';
import { Toasts } from '../ui/toasts';
import { CollectionsStore } from './collections-store';

const PAGE = 50;

/** The collections one deleted, or the documents deleted from one of them. */
@Service({ autoProvided: false })
export class KnowledgeTrashStore {
  private readonly collectionsApi = inject(CollectionsApi);
  private readonly documentsApi = inject(DocumentsApi);
  private readonly collections = inject(CollectionsStore);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);
  private readonly list = signal<readonly Discarded[]>([]);
  private readonly cursor = signal<string | null>(null);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private collectionId: number | null = null;

  readonly discarded = this.list.asReadonly();
  readonly nextCursor = this.cursor.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();

  /**
   * Never rejects: a failure is a state.
   * @param collectionId whose documents; null for collections
   */
  async open(collectionId: number | null): Promise<void> {
    this.collectionId = collectionId;
    this.condition.set('loading');
    try {
      const page = await this.read(null);
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
      const page = await this.read(this.cursor());
      this.list.update((known) => [...known, ...page.items]);
      this.cursor.set(page.nextCursor);
    });
  }

  async restore(id: number): Promise<void> {
    await this.attempt(async () => {
      if (this.collectionId === null) this.collections.put(await this.collectionsApi.restore(id));
      else await this.documentsApi.restore(id);
      const name = this.list().find((one) => one.id === id)?.name;
      this.drop(id);
      this.toasts.show(this.languages.text('trash.restored', { name }));
    });
  }

  async removeForGood(id: number): Promise<void> {
    await this.attempt(() => this.destroy(id));
  }

  /** Deletes all of them for good, also those that were not read yet; stops at a failure. */
  async empty(): Promise<void> {
    await this.attempt(async () => {
      while (this.list().length > 0) {
        for (const { id } of this.list()) await this.destroy(id);
        const page = await this.read(null);
        this.list.set(page.items);
        this.cursor.set(page.nextCursor);
      }
    });
  }

  private async destroy(id: number): Promise<void> {
    await (this.collectionId === null
      ? this.collectionsApi.removeForGood(id)
      : this.documentsApi.removeForGood(id));
    this.drop(id);
  }

  private async read(cursor: string | null): Promise<Page<Discarded>> {
    if (this.collectionId === null) return this.collectionsApi.listTrash(cursor, PAGE);
    const { items, nextCursor } = await this.documentsApi.list(this.collectionId, cursor, PAGE, {
      status: 'deleted',
    });
    const named = items.map(({ id, title, deletedAt }) => ({ id, name: title, deletedAt }));
    return { items: named, nextCursor };
  }

  private drop(id: number): void {
    this.list.update((known) => known.filter((one) => one.id !== id));
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }
}
