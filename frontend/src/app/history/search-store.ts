import { inject, Service, signal } from '@angular/core';
import { ConversationsApi } from '../api/conversations-api';
import type { ConversationHit } from '../api/contract';
import { FailureTexts } from '../i18n/failure-texts';

const PAGE = 20;
/** Long enough not to search each letter, short enough not to be noticed. */
const PAUSE_MS = 180;

export type SearchState = 'idle' | 'searching' | 'ready' | 'failed';

/** Looks for conversations by what was said in them, while one types. */
@Service()
export class SearchStore {
  private readonly api = inject(ConversationsApi);
  private readonly failures = inject(FailureTexts);
  private readonly list = signal<readonly ConversationHit[]>([]);
  private readonly condition = signal<SearchState>('idle');
  private readonly problem = signal('');
  private readonly cursor = signal<string | null>(null);
  private query = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly hits = this.list.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  readonly nextCursor = this.cursor.asReadonly();

  /** Searches once the typing pauses; an empty query shows nothing. */
  search(text: string): void {
    this.query = text.trim();
    clearTimeout(this.timer);
    if (!this.query) {
      this.list.set([]);
      this.cursor.set(null);
      this.condition.set('idle');
      return;
    }
    this.condition.set('searching');
    this.timer = setTimeout(() => void this.fetch(null), PAUSE_MS);
  }

  async loadMore(): Promise<void> {
    if (this.cursor()) await this.fetch(this.cursor());
  }

  /** Forgets the search, when its window is closed. */
  clear(): void {
    this.search('');
  }

  private async fetch(cursor: string | null): Promise<void> {
    const { query } = this;
    try {
      const page = await this.api.search(query, cursor, PAGE);
      if (query !== this.query) return;
      this.list.update((hits) => (cursor ? [...hits, ...page.items] : page.items));
      this.cursor.set(page.nextCursor);
      this.condition.set('ready');
    } catch (thrown) {
      if (query !== this.query) return;
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    }
  }
}
