import { computed, inject, Service, signal } from '@angular/core';
import { ConversationsApi } from '../../api/conversations-api';
import { FailureTexts } from '../../i18n/failure-texts';

/** Hits a page: few conversations have more. */
const PAGE = 100;

/** The posts of the open conversation that hold the words looked for, newest first. */
@Service()
export class FindStore {
  private readonly api = inject(ConversationsApi);
  private readonly failures = inject(FailureTexts);
  private readonly words = signal('');
  private readonly hits = signal<readonly number[]>([]);
  private readonly count = signal<{ readonly total: number; readonly elsewhere: number } | null>(
    null,
  );
  private readonly place = signal(0);
  private cursor: string | null = null;
  private searches = 0;

  readonly query = this.words.asReadonly();
  /** Null until something was looked for. */
  readonly found = this.count.asReadonly();
  /** The place of the current hit, from 1. */
  readonly position = computed(() => this.place() + 1);
  readonly current = computed(() => this.hits()[this.place()] ?? null);

  /** Looks for words; the newest hit becomes the current one. */
  async search(conversationId: number, query: string): Promise<void> {
    const search = ++this.searches;
    this.words.set(query);
    if (!query.trim()) {
      this.clear();
      return;
    }
    try {
      const page = await this.api.find(conversationId, query, null, PAGE);
      if (search !== this.searches) return;
      this.hits.set(page.items.map(({ postId }) => postId));
      this.cursor = page.nextCursor;
      this.place.set(0);
      this.count.set(page);
    } catch (thrown) {
      if (search === this.searches) this.failures.show(thrown);
    }
  }

  /** Goes to the hit before (older, 1) or after (newer, -1), and around at the ends. */
  async step(conversationId: number, by: 1 | -1): Promise<void> {
    const total = this.count()?.total ?? 0;
    if (total === 0) return;
    const wanted = (this.place() + by + total) % total;
    while (wanted >= this.hits().length && this.cursor) {
      if (!(await this.readMore(conversationId))) return;
    }
    this.place.set(Math.min(wanted, this.hits().length - 1));
  }

  forget(): void {
    this.searches++;
    this.words.set('');
    this.clear();
  }

  private async readMore(conversationId: number): Promise<boolean> {
    const search = this.searches;
    try {
      const page = await this.api.find(conversationId, this.words(), this.cursor, PAGE);
      if (search !== this.searches) return false;
      this.hits.update((hits) => [...hits, ...page.items.map(({ postId }) => postId)]);
      this.cursor = page.nextCursor;
      return true;
    } catch (thrown) {
      this.failures.show(thrown);
      return false;
    }
  }

  private clear(): void {
    this.hits.set([]);
    this.count.set(null);
    this.place.set(0);
    this.cursor = null;
  }
}
