import {
  afterNextRender,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  Injector,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { When } from '../i18n/when';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { type Deleted, KnowledgeTrashStore } from './trash-store';

/** What was deleted: bring back, or delete for good (the only act here that is asked about). */
@Component({
  selector: 'app-knowledge-trash',
  imports: [Dialog, Icon, PageState, RouterLink, TranslocoPipe, When],
  providers: [KnowledgeTrashStore],
  templateUrl: './knowledge-trash.html',
  styleUrls: ['../history/trash.css', './knowledge-trash.css'],
})
export class KnowledgeTrash {
  private readonly injector = inject(Injector);
  protected readonly store = inject(KnowledgeTrashStore);
  /** From the address: the collection whose documents; absent for the collections themselves. */
  readonly id = input<string>();
  protected readonly collectionId = computed(() => {
    const id = this.id();
    return id === undefined ? null : Number(id) || 0;
  });
  protected readonly asking = signal<Deleted | null>(null);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  constructor() {
    effect(() => {
      const id = this.collectionId();
      untracked(() => void this.store.open(id));
    });
  }

  protected async restore(deleted: Deleted): Promise<void> {
    await this.store.restore(deleted);
    this.keepFocus();
  }

  protected async removeForGood(deleted: Deleted): Promise<void> {
    this.asking.set(null);
    await this.store.removeForGood(deleted);
    this.keepFocus();
  }

  /** The row that had the focus is gone: reading goes on at the top of the page. */
  private keepFocus(): void {
    const focus = (): void => {
      if (document.activeElement === document.body) this.heading().nativeElement.focus();
    };
    afterNextRender(focus, { injector: this.injector });
  }
}
