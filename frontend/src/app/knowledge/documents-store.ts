import { computed, inject, Service, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { CollectionsApi } from '../api/collections-api';
import { toApiFailure } from '../api/api-failure';
import { DocumentsApi } from '../api/documents-api';
import type { Collection, KnowledgeDocument } from '../api/knowledge-contract';
import { FailureTexts } from '../i18n/failure-texts';
import { isUnderWay, withFirst, withNews } from './document.rules';
import { Uploads } from './uploads';
import { isSameTarget } from './upload.rules';
import { lookWhile } from './while-seen';

const PAGE = 50;
/** Documents beyond the first page that are looked at one by one, at a time. */
const SINGLY = 5;

/** A collection and its documents: as many pages as were asked for, newest first. */
@Service({ autoProvided: false })
export class DocumentsStore {
  private readonly api = inject(DocumentsApi);
  private readonly collections = inject(CollectionsApi);
  private readonly failures = inject(FailureTexts);
  private readonly about = signal<Collection | null>(null);
  private readonly list = signal<readonly KnowledgeDocument[]>([]);
  private readonly cursor = signal<string | null>(null);
  private readonly condition = signal<'loading' | 'ready' | 'failed' | 'missing'>('loading');
  private readonly problem = signal('');
  private id = 0;
  private query = '';
  /** Counts what was asked for afresh: an answer to an earlier question is dropped. */
  private readings = 0;

  readonly collection = this.about.asReadonly();
  readonly documents = this.list.asReadonly();
  readonly nextCursor = this.cursor.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  readonly isSearch = signal(false);
  private readonly underWay = computed(() => this.list().some(({ status }) => isUnderWay(status)));

  constructor() {
    lookWhile(this.underWay, () => this.look());
    inject(Uploads)
      .arrived$.pipe(takeUntilDestroyed())
      .subscribe(({ target, document }) => {
        if (isSameTarget(target, { collectionId: this.id })) this.put(document);
      });
  }

  /** Never rejects: a failure is a state. */
  async open(id: number): Promise<void> {
    this.id = id;
    this.condition.set('loading');
    const reading = ++this.readings;
    try {
      const [collection, page] = await Promise.all([
        this.collections.read(id),
        this.api.list(id, null, PAGE, this.filter()),
      ]);
      if (reading !== this.readings) return;
      this.about.set(collection);
      this.list.set(page.items);
      this.cursor.set(page.nextCursor);
      this.condition.set('ready');
    } catch (thrown) {
      if (reading !== this.readings) return;
      this.problem.set(this.failures.of(thrown));
      this.condition.set(toApiFailure(thrown).status === 404 ? 'missing' : 'failed');
    }
  }

  /** Shows those whose names hold the words. Never rejects: a failure is shown. */
  async search(query: string): Promise<void> {
    this.query = query.trim();
    this.isSearch.set(this.query !== '');
    const reading = ++this.readings;
    await this.attempt(async () => {
      const page = await this.api.list(this.id, null, PAGE, this.filter());
      if (reading !== this.readings) return;
      this.list.set(page.items);
      this.cursor.set(page.nextCursor);
    });
  }

  async loadMore(): Promise<void> {
    const reading = this.readings;
    await this.attempt(async () => {
      const page = await this.api.list(this.id, this.cursor(), PAGE, this.filter());
      if (reading !== this.readings) return;
      this.list.update((known) => [...known, ...page.items]);
      this.cursor.set(page.nextCursor);
    });
  }

  /** @throws ApiFailure */
  async addPage(url: string): Promise<void> {
    this.put(await this.api.addPage(this.id, url));
  }

  /** @throws ApiFailure */
  async addText(title: string, text: string): Promise<void> {
    this.put(await this.api.addText(this.id, title, text));
  }

  /** Reads one that failed once more. Never rejects: a failure is shown. */
  async retry({ id }: KnowledgeDocument): Promise<void> {
    await this.attempt(async () => this.replace(await this.api.retry(id)));
  }

  /** What the server says of the collection now. */
  describe(collection: Collection): void {
    this.about.set(collection);
  }

  /** They are no longer here. */
  drop(ids: readonly number[]): void {
    this.list.update((known) => known.filter(({ id }) => !ids.includes(id)));
    this.count(-ids.length);
  }

  /** One that is here now, at the top. */
  put(document: KnowledgeDocument): void {
    const isNew = !this.list().some(({ id }) => id === document.id);
    this.list.update((known) => withFirst(known, document));
    if (isNew) this.count(1);
  }

  private replace(document: KnowledgeDocument): void {
    this.list.update((known) => withNews(known, [document]));
  }

  private count(change: number): void {
    this.about.update((one) => one && { ...one, documents: Math.max(0, one.documents + change) });
  }

  /** What is being read stands mostly on the first page; others are asked for one by one. */
  private async look(): Promise<void> {
    const reading = this.readings;
    const page = await this.api.list(this.id, null, PAGE, this.filter());
    const seen = new Set(page.items.map(({ id }) => id));
    const others = this.list().filter(({ id, status }) => isUnderWay(status) && !seen.has(id));
    const news = await Promise.all(others.slice(0, SINGLY).map(({ id }) => this.api.read(id)));
    if (reading === this.readings) {
      this.list.update((known) => withNews(known, [...page.items, ...news]));
    }
  }

  private filter(): { q?: string } {
    return this.query ? { q: this.query } : {};
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }
}
