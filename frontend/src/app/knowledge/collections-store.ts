import { computed, inject, Service, signal } from '@angular/core';
import { CollectionsApi, type CollectionWish } from '../api/collections-api';
import type { Page } from '../api/contract';
import type { Collection, KnowledgeStorage } from '../api/knowledge-contract';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Toasts } from '../ui/toasts';
import { toGroups } from './collection.rules';

/** The most that the server gives at once. */
const PAGE = 100;

/** The collections this person may read: their own, those shared with them, the team's. */
@Service()
export class CollectionsStore {
  private readonly api = inject(CollectionsApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);
  private readonly list = signal<readonly Collection[]>([]);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private readonly room = signal<KnowledgeStorage | null>(null);

  readonly all = this.list.asReadonly();
  readonly groups = computed(() => toGroups(this.list()));
  /** Those one may put documents in. */
  readonly changeable = computed(() => this.list().filter(({ role }) => role !== 'reader'));
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  /** How much room one's own documents take; null until it is known. */
  readonly storage = this.room.asReadonly();

  /** Reads all of them, page by page. Never rejects: a failure is a state. */
  async load(): Promise<void> {
    if (this.list().length === 0) this.condition.set('loading');
    try {
      const collections: Collection[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<Collection> = await this.api.list(cursor, PAGE);
        collections.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      this.list.set(collections);
      this.condition.set('ready');
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    }
  }

  /** Never rejects: without it the page says nothing of room. */
  async loadStorage(): Promise<void> {
    try {
      this.room.set(await this.api.storage());
    } catch {
      this.room.set(null);
    }
  }

  /** @throws ApiFailure */
  async create(wish: CollectionWish): Promise<Collection> {
    const made = await this.api.create(wish);
    this.put(made);
    return made;
  }

  /** @throws ApiFailure */
  async change(id: number, wish: CollectionWish): Promise<Collection> {
    const changed = await this.api.change(id, wish);
    this.put(changed);
    return changed;
  }

  /**
   * Moves it to the trash, with an undo for as long as the note stays. Never rejects.
   * @returns whether it is there
   */
  async remove(collection: Collection): Promise<boolean> {
    try {
      await this.api.remove(collection.id);
    } catch (thrown) {
      this.failures.show(thrown);
      return false;
    }
    this.list.update((all) => all.filter(({ id }) => id !== collection.id));
    const { name } = collection;
    this.toasts.show(this.languages.text('knowledge.removed', { name }), {
      label: this.languages.text('action.undo'),
      run: () => void this.restore(collection.id),
    });
    return true;
  }

  /** Never rejects: a failure is shown. @returns whether it is back */
  async restore(id: number): Promise<boolean> {
    try {
      this.put(await this.api.restore(id));
      return true;
    } catch (thrown) {
      this.failures.show(thrown);
      return false;
    }
  }

  /** What the server says of one now. */
  put(collection: Collection): void {
    this.list.update((all) => {
      const known = all.some(({ id }) => id === collection.id);
      return known
        ? all.map((one) => (one.id === collection.id ? collection : one))
        : [collection, ...all];
    });
  }
}
