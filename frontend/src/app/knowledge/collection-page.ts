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
import type { KnowledgeDocument } from '../api/knowledge-contract';
import type { UploadTarget } from '../api/files-api';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { AddPage } from './add-page';
import { AddText } from './add-text';
import { CollectionForm } from './collection-form';
import { CollectionsStore } from './collections-store';
import { DocumentActs } from './document-acts';
import { DocumentRow } from './document-row';
import { DocumentsStore } from './documents-store';
import { DropArea } from './drop-area';
import { READABLE } from './document.rules';
import { MoveDocuments } from './move-documents';
import { Sharing } from './sharing';
import { TrySearch } from './try-search';
import { UploadList } from './upload-list';
import { Uploads } from './uploads';

type OpenDialog = 'page' | 'text' | 'sharing' | 'form' | 'search' | 'move';

/** More documents than this are worth searching. */
const FEW = 8;

/** A collection: its documents, and what can be put in. Files may be dropped anywhere on it. */
@Component({
  selector: 'app-collection-page',
  imports: [
    AddPage,
    AddText,
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    CollectionForm,
    DocumentRow,
    DropArea,
    Icon,
    MoveDocuments,
    PageState,
    RouterLink,
    Sharing,
    TranslocoPipe,
    TrySearch,
    UploadList,
  ],
  providers: [DocumentsStore],
  templateUrl: './collection-page.html',
  styleUrl: './collection-page.css',
})
export class CollectionPage {
  private readonly router = inject(Router);
  private readonly title = inject(Title);
  private readonly languages = inject(LanguageStore);
  private readonly collections = inject(CollectionsStore);
  private readonly acts = inject(DocumentActs);
  private readonly uploads = inject(Uploads);
  protected readonly figures = inject(Figures);
  protected readonly store = inject(DocumentsStore);
  /** From the address. */
  readonly id = input.required<string>();
  protected readonly readable = READABLE;
  protected readonly collectionId = computed(() => Number(this.id()) || 0);
  protected readonly target = computed<UploadTarget>(() => ({
    collectionId: this.collectionId(),
  }));
  protected readonly mayChange = computed(() => this.store.collection()?.role !== 'reader');
  protected readonly isOwner = computed(() => this.store.collection()?.role === 'owner');
  protected readonly open = signal<OpenDialog | null>(null);
  protected readonly isMany = computed(() => (this.store.collection()?.documents ?? 0) > FEW);
  private readonly ticked = linkedSignal<number, ReadonlySet<number>>({
    source: this.collectionId,
    computation: () => new Set(),
  });
  /** The chosen ones that are still here. */
  protected readonly selected = computed(() =>
    this.store.documents().filter(({ id }) => this.ticked().has(id)),
  );
  protected readonly isAllSelected = computed(
    () => this.selected().length === this.store.documents().length,
  );

  constructor() {
    effect(() => {
      const id = this.collectionId();
      untracked(() => void this.store.open(id));
    });
    effect(() => {
      const name = this.store.collection()?.name;
      if (name) this.title.setTitle(`${name} · ${this.languages.text('product')}`);
    });
  }

  protected upload(files: readonly File[]): void {
    if (this.mayChange() && this.store.state() === 'ready') this.uploads.add(this.target(), files);
  }

  /** The same file may be chosen again: the field forgets it. */
  protected uploadFrom(field: HTMLInputElement): void {
    this.upload(Array.from(field.files ?? []));
    field.value = '';
  }

  protected select({ id }: KnowledgeDocument, selected: boolean): void {
    this.ticked.update((ids) => {
      const next = new Set(ids);
      if (selected) next.add(id);
      else next.delete(id);
      return next;
    });
  }

  protected isSelected({ id }: KnowledgeDocument): boolean {
    return this.ticked().has(id);
  }

  protected selectAll(all: boolean): void {
    this.ticked.set(new Set(all ? this.store.documents().map(({ id }) => id) : []));
  }

  protected readonly addPage = (url: string): Promise<void> => this.store.addPage(url);

  protected readonly addText = (title: string, text: string): Promise<void> =>
    this.store.addText(title, text);

  protected async remove(documents: readonly KnowledgeDocument[]): Promise<void> {
    this.store.drop(await this.acts.remove(documents, (document) => this.store.put(document)));
  }

  protected async removeCollection(): Promise<void> {
    const collection = this.store.collection();
    if (collection && (await this.collections.remove(collection))) {
      await this.router.navigateByUrl('/knowledge');
    }
  }
}
