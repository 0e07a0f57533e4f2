import {
  Component,
  type ElementRef,
  Injector,
  afterNextRender,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Conversation } from '../api/contract';
import { When } from '../i18n/when';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { TrashStore } from './trash-store';

/** Deleted conversations: bring back, or delete for good (the only act here that is asked about). */
@Component({
  selector: 'app-trash',
  imports: [Dialog, Icon, PageState, RouterLink, TranslocoPipe, When],
  templateUrl: './trash.html',
  styleUrl: './trash.css',
})
export class Trash {
  private readonly injector = inject(Injector);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly store = inject(TrashStore);
  /** What is asked about: one conversation, or all of them. */
  protected readonly asking = signal<Conversation | 'all' | null>(null);

  constructor() {
    void this.store.load();
  }

  protected async restore(conversation: Conversation): Promise<void> {
    await this.store.restore(conversation);
    this.keepFocus();
  }

  protected async removeForGood(): Promise<void> {
    const what = this.asking();
    this.asking.set(null);
    if (what === 'all') await this.store.empty();
    else if (what) await this.store.removeForGood(what);
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
