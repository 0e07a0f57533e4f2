import { Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Conversation } from '../api/contract';
import { When } from '../i18n/when';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { Skeleton } from '../ui/skeleton';
import { TrashStore } from './trash-store';

/** Deleted conversations: bring back, or delete for good (the only act here that is asked about). */
@Component({
  selector: 'app-trash',
  imports: [Dialog, Icon, RouterLink, Skeleton, TranslocoPipe, When],
  templateUrl: './trash.html',
  styleUrl: './trash.css',
})
export class Trash {
  protected readonly store = inject(TrashStore);
  /** What is asked about: one conversation, or all of them. */
  protected readonly asking = signal<Conversation | 'all' | null>(null);

  constructor() {
    void this.store.load();
  }

  protected async removeForGood(): Promise<void> {
    const what = this.asking();
    this.asking.set(null);
    if (what === 'all') await this.store.empty();
    else if (what) await this.store.removeForGood(what);
  }
}
