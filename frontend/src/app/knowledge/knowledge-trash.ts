import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { TrashList } from '../trash/trash-list';
import { Icon } from '../ui/icon';
import { KnowledgeTrashStore } from './trash-store';

/** Deleted collections, or the documents deleted from one of them. */
@Component({
  selector: 'app-knowledge-trash',
  imports: [Icon, RouterLink, TranslocoPipe, TrashList],
  providers: [KnowledgeTrashStore],
  template: `
    <app-trash-list
      [about]="
        (id() === undefined ? 'knowledge.trashAbout' : 'knowledge.trashAboutDocuments') | transloco
      "
      [discarded]="store.discarded()"
      [state]="store.state()"
      [failure]="store.failure()"
      [hasMore]="store.nextCursor() !== null"
      (retried)="store.open(collectionId())"
      (restored)="store.restore($event)"
      (removed)="store.removeForGood($event)"
      (cleared)="store.empty()"
      (more)="store.loadMore()"
    >
      <a class="back" [routerLink]="id() === undefined ? '/knowledge' : ['/knowledge', id()]">
        <app-icon name="chevron-left" />{{
          (id() === undefined ? 'knowledge.title' : 'knowledge.backToCollection') | transloco
        }}
      </a>
    </app-trash-list>
  `,
  styles: `
    .back {
      display: inline-flex;
      align-items: center;
      gap: var(--s1);
      min-height: 2rem;
      color: var(--ink-soft);
      text-decoration: none;
    }
    .back:hover {
      color: var(--ink);
    }
  `,
})
export class KnowledgeTrash {
  protected readonly store = inject(KnowledgeTrashStore);
  /** From the address: the collection whose documents; absent for the collections themselves. */
  readonly id = input<string>();
  protected readonly collectionId = computed(() => {
    const id = this.id();
    return id === undefined ? null : Number(id) || 0;
  });

  constructor() {
    effect(() => {
      const id = this.collectionId();
      untracked(() => void this.store.open(id));
    });
  }
}
