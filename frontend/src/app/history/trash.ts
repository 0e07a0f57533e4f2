import { Component, computed, inject } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { TrashList } from '../trash/trash-list';
import { TrashStore } from './trash-store';

/** Deleted conversations. */
@Component({
  selector: 'app-trash',
  imports: [TranslocoPipe, TrashList],
  template: `
    <app-trash-list
      [about]="'trash.about' | transloco"
      [discarded]="discarded()"
      [state]="store.state()"
      [failure]="store.failure()"
      [hasMore]="store.nextCursor() !== null"
      opensAt="/c"
      (retried)="store.load()"
      (restored)="store.restore($event)"
      (removed)="store.removeForGood($event)"
      (cleared)="store.empty()"
      (more)="store.loadMore()"
    />
  `,
})
export class Trash {
  private readonly languages = inject(LanguageStore);
  protected readonly store = inject(TrashStore);
  protected readonly discarded = computed(() =>
    this.store.conversations().map(({ id, title, deletedAt }) => ({
      id,
      name: title ?? this.languages.text('history.untitled'),
      deletedAt,
    })),
  );

  constructor() {
    void this.store.load();
  }
}
