import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import {
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
} from '@angular/core';
import { Title } from '@angular/platform-browser';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { UploadTarget } from '../api/files-api';
import { LanguageStore } from '../i18n/language-store';
import { hostOf } from '../markdown/harmless-markup';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { Segments } from '../ui/segments';
import { DocumentActs } from './document-acts';
import { DocumentCitations } from './document-citations';
import { DocumentFacts } from './document-facts';
import { READABLE } from './document.rules';
import { DocumentState } from './document-state';
import { DocumentStore } from './document-store';
import { DocumentText } from './document-text';
import { DocumentVersions } from './document-versions';
import { MoveDocuments } from './move-documents';
import { RenameDocument } from './rename-document';
import { UploadList } from './upload-list';
import { Uploads } from './uploads';

type Tab = 'text' | 'versions' | 'citations';
const TABS: readonly Tab[] = ['text', 'versions', 'citations'];

/** A document: its text as it was read, its versions, and the answers that cited it. */
@Component({
  selector: 'app-document-page',
  imports: [
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    DocumentCitations,
    DocumentFacts,
    DocumentState,
    DocumentText,
    DocumentVersions,
    Icon,
    MoveDocuments,
    PageState,
    RenameDocument,
    RouterLink,
    Segments,
    TranslocoPipe,
    UploadList,
  ],
  providers: [DocumentStore],
  templateUrl: './document-page.html',
  styleUrl: './document-page.css',
})
export class DocumentPage {
  private readonly router = inject(Router);
  private readonly title = inject(Title);
  private readonly languages = inject(LanguageStore);
  private readonly acts = inject(DocumentActs);
  private readonly uploads = inject(Uploads);
  protected readonly store = inject(DocumentStore);
  /** From the address: the document, and the passage and version to show of it. */
  readonly id = input.required<string>();
  readonly passage = input<string>();
  readonly version = input<string>();
  protected readonly readable = READABLE;
  protected readonly documentId = computed(() => Number(this.id()) || 0);
  protected readonly passageN = computed(() => Number(this.passage()) || null);
  protected readonly versionId = computed(() => Number(this.version()) || null);
  protected readonly target = computed<UploadTarget>(() => ({ documentId: this.documentId() }));
  protected readonly tab = linkedSignal<number, Tab | null>({
    source: this.documentId,
    computation: () => 'text',
  });
  protected readonly tabs = computed(() =>
    TABS.map((value) => ({ value, label: this.languages.text(`knowledge.tab-${value}`) })),
  );
  protected readonly open = signal<'rename' | 'move' | null>(null);
  /** One's own attachments can be changed as well: they are in no collection that is shown. */
  protected readonly mayChange = computed(() => this.store.collection()?.role !== 'reader');
  protected readonly address = computed(() => {
    const url = this.store.document()?.url ?? '';
    return hostOf(url) ? url : null;
  });

  constructor() {
    effect(() => {
      const id = this.documentId();
      untracked(() => void this.store.open(id));
    });
    effect(() => {
      const name = this.store.document()?.title;
      if (name) this.title.setTitle(`${name} · ${this.languages.text('product')}`);
    });
  }

  protected replace(field: HTMLInputElement): void {
    this.uploads.add(this.target(), Array.from(field.files ?? []).slice(0, 1));
    field.value = '';
  }

  protected download(): void {
    const document = this.store.document();
    if (document) void this.acts.download(document);
  }

  protected async remove(): Promise<void> {
    const document = this.store.document();
    if (!document) return;
    const removed = await this.acts.remove([document], ({ id }) => {
      void this.router.navigate(['/knowledge/documents', id]);
    });
    if (removed.length > 0) await this.leave(document.collectionId);
  }

  protected showVersion(id: number): void {
    this.tab.set('text');
    void this.router.navigate([], { queryParams: { version: id } });
  }

  private async leave(collectionId: number): Promise<void> {
    await this.router.navigate(
      this.store.collection() ? ['/knowledge', collectionId] : ['/knowledge'],
    );
  }
}
