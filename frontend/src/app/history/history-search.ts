import { Component, DestroyRef, computed, inject, linkedSignal, output } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { ConversationHit } from '../api/contract';
import { When } from '../i18n/when';
import { Dialog } from '../ui/dialog';
import { SearchStore } from './search-store';
import { cutSnippet, type SnippetPiece } from './snippet.rules';

interface Result {
  readonly hit: ConversationHit;
  readonly pieces: readonly SnippetPiece[];
}

/** Search over titles and text: a box and its list of results, walked with the arrow keys. */
@Component({
  selector: 'app-history-search',
  imports: [Dialog, TranslocoPipe, When],
  templateUrl: './history-search.html',
  styleUrl: './history-search.css',
})
export class HistorySearch {
  private readonly router = inject(Router);
  protected readonly store = inject(SearchStore);
  readonly closed = output();
  protected readonly results = computed<readonly Result[]>(() =>
    this.store.hits().map((hit) => ({ hit, pieces: hit.snippet ? cutSnippet(hit.snippet) : [] })),
  );
  /** Position of the result that Enter opens. */
  protected readonly active = linkedSignal<number, number>({
    source: () => this.results().length,
    computation: (count, previous) =>
      previous && previous.source < count && previous.value > 0 ? previous.value : 0,
  });
  protected readonly activeId = computed(() =>
    this.results()[this.active()] ? `search-result-${this.active()}` : null,
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => this.store.clear());
  }

  protected move(event: Event, step: 1 | -1): void {
    event.preventDefault();
    const count = this.results().length;
    if (count === 0) return;
    this.active.update((at) => (at + step + count) % count);
    const id = this.activeId();
    if (id) setTimeout(() => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }));
  }

  protected openActive(event: Event): void {
    event.preventDefault();
    const result = this.results()[this.active()];
    if (result) void this.open(result);
  }

  protected async open({ hit }: Result): Promise<void> {
    this.closed.emit();
    const queryParams = hit.postId ? { post: hit.postId } : {};
    await this.router.navigate(['/c', hit.id], { queryParams });
  }
}
