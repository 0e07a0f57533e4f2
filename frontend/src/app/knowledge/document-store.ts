import { computed, inject, Service, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { toApiFailure } from '../api/api-failure';
import { CollectionsApi } from '../api/collections-api';
import { DocumentsApi } from '../api/documents-api';
import type {
  Collection,
  DocumentCitation,
  DocumentVersion,
  KnowledgeDocument,
} from '../api/knowledge-contract';
import { FailureTexts } from '../i18n/failure-texts';
import { isUnderWay } from './document.rules';
import { isSameTarget } from './upload.rules';
import { Uploads } from './uploads';
import { lookWhile } from './while-seen';

/** A document: what is known of it, its versions, and the answers that cited it. */
@Service({ autoProvided: false })
export class DocumentStore {
  private readonly api = inject(DocumentsApi);
  private readonly collections = inject(CollectionsApi);
  private readonly failures = inject(FailureTexts);
  private readonly about = signal<KnowledgeDocument | null>(null);
  private readonly place = signal<Collection | null>(null);
  private readonly versionList = signal<readonly DocumentVersion[] | null>(null);
  private readonly citedBy = signal<readonly DocumentCitation[] | null>(null);
  private readonly citedCursor = signal<string | null>(null);
  private readonly condition = signal<'loading' | 'ready' | 'failed' | 'missing'>('loading');
  private readonly problem = signal('');
  private id = 0;
  /** Counts what was asked for afresh: an answer to an earlier question is dropped. */
  private readings = 0;

  readonly document = this.about.asReadonly();
  /** Null for an attachment, whose place is a conversation. */
  readonly collection = this.place.asReadonly();
  /** Null until they are known. */
  readonly versions = this.versionList.asReadonly();
  readonly citations = this.citedBy.asReadonly();
  readonly citationsCursor = this.citedCursor.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  private readonly underWay = computed(() => {
    const document = this.about();
    return document !== null && isUnderWay(document.status);
  });

  constructor() {
    lookWhile(this.underWay, () => this.look());
    inject(Uploads)
      .arrived$.pipe(takeUntilDestroyed())
      .subscribe(({ target, document }) => {
        if (isSameTarget(target, { documentId: this.id })) this.describe(document);
      });
  }

  /** Never rejects: a failure is a state. */
  async open(id: number): Promise<void> {
    this.id = id;
    this.versionList.set(null);
    this.citedBy.set(null);
    this.condition.set('loading');
    const reading = ++this.readings;
    try {
      const document = await this.api.read(id);
      const collection = await this.readCollection(document.collectionId);
      if (reading !== this.readings) return;
      this.about.set(document);
      this.place.set(collection);
      this.condition.set('ready');
    } catch (thrown) {
      if (reading !== this.readings) return;
      this.problem.set(this.failures.of(thrown));
      this.condition.set(toApiFailure(thrown).status === 404 ? 'missing' : 'failed');
    }
  }

  /** Never rejects: a failure is shown. */
  async loadVersions(): Promise<void> {
    await this.attempt(async () => this.versionList.set(await this.api.versions(this.id)));
  }

  /** The first of them, or those after. Never rejects: a failure is shown. */
  async loadCitations(): Promise<void> {
    await this.attempt(async () => {
      const page = await this.api.citations(this.id, this.citedCursor());
      this.citedBy.update((known) => [...(known ?? []), ...page.items]);
      this.citedCursor.set(page.nextCursor);
    });
  }

  /** @throws ApiFailure */
  async rename(title: string): Promise<void> {
    this.about.set(await this.api.change(this.id, { title }));
  }

  /** Never rejects: a failure is shown. */
  async retry(): Promise<void> {
    await this.attempt(async () => this.describe(await this.api.retry(this.id)));
  }

  /** Fetches a page again. Never rejects: a failure is shown. */
  async refresh(): Promise<void> {
    await this.attempt(async () => this.describe(await this.api.refresh(this.id)));
  }

  /** What the server says of it now; its versions may be others. */
  describe(document: KnowledgeDocument): void {
    this.about.set(document);
    if (this.versionList()) void this.loadVersions();
  }

  private async readCollection(id: number): Promise<Collection | null> {
    try {
      return await this.collections.read(id);
    } catch (thrown) {
      if (toApiFailure(thrown).status === 404) return null;
      throw thrown;
    }
  }

  private async look(): Promise<void> {
    const { id } = this;
    const document = await this.api.read(id);
    if (id === this.id) this.describe(document);
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }
}
