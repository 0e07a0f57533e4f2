import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import {
  afterNextRender,
  Component,
  type ElementRef,
  inject,
  Injector,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Collection } from '../api/knowledge-contract';
import { Figures } from '../i18n/figures';
import { When } from '../i18n/when';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { CollectionForm } from './collection-form';
import { CollectionsStore } from './collections-store';
import { StorageUsed } from './storage-used';
import { Sharing } from './sharing';
import { TrySearch } from './try-search';

type OpenDialog =
  | { readonly dialog: 'form'; readonly collection: Collection | null }
  | { readonly dialog: 'sharing'; readonly collection: Collection }
  | { readonly dialog: 'search' };

/** The collections one may read: one's own, those shared, the team's. */
@Component({
  selector: 'app-collections-page',
  imports: [
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    CollectionForm,
    Icon,
    PageState,
    RouterLink,
    Sharing,
    StorageUsed,
    TranslocoPipe,
    TrySearch,
    When,
  ],
  templateUrl: './collections-page.html',
  styleUrl: './collections-page.css',
})
export class CollectionsPage {
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  protected readonly figures = inject(Figures);
  protected readonly store = inject(CollectionsStore);
  protected readonly open = signal<OpenDialog | null>(null);
  private readonly newButton = viewChild.required<ElementRef<HTMLButtonElement>>('newButton');

  constructor() {
    void this.store.load();
    void this.store.loadStorage();
  }

  /** A new collection is empty: its page says what to put in. */
  protected saved(collection: Collection): void {
    const opened = this.open();
    this.open.set(null);
    if (opened?.dialog === 'form' && !opened.collection) {
      void this.router.navigate(['/knowledge', collection.id]);
    }
  }

  protected async remove(collection: Collection): Promise<void> {
    if (!(await this.store.remove(collection))) return;
    // The row took the focus along.
    afterNextRender(() => this.newButton().nativeElement.focus(), { injector: this.injector });
  }
}
