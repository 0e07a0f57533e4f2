import { DestroyRef, computed, effect, inject, Service, signal, untracked } from '@angular/core';
import { ConversationsApi, type ConversationChange } from '../api/conversations-api';
import type { Conversation } from '../api/contract';
import { TabChannel } from '../api/tab-channel';
import { SessionStore } from '../auth/session-store';
import { Clock } from '../i18n/clock';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Toasts } from '../ui/toasts';
import { mergeFirstPage, toRows, withConversation } from './history.rules';

const PAGE = 60;

export type HistoryState = 'loading' | 'ready' | 'failed';

/** The person's conversations: what the side list shows, kept fresh between tabs and devices. */
@Service()
export class HistoryStore {
  private readonly api = inject(ConversationsApi);
  private readonly tabs = inject(TabChannel);
  private readonly session = inject(SessionStore);
  private readonly toasts = inject(Toasts);
  private readonly languages = inject(LanguageStore);
  private readonly failures = inject(FailureTexts);
  private readonly list = signal<readonly Conversation[]>([]);
  private readonly condition = signal<HistoryState>('loading');
  private readonly cursor = signal<string | null>(null);
  private readonly clock = inject(Clock);
  /** Changes at midnight only. */
  private readonly today = computed(() => new Date(this.clock.now()), {
    equal: (one, other) => one.toDateString() === other.toDateString(),
  });
  private loadingMore = false;

  readonly conversations = this.list.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly rows = computed(() => toRows(this.list(), this.today()));
  readonly hasMore = computed(() => this.cursor() !== null);

  constructor() {
    const refreshWhenSeen = (): void => {
      if (document.visibilityState === 'visible' && this.session.user()) void this.refresh();
    };
    document.addEventListener('visibilitychange', refreshWhenSeen);
    window.addEventListener('online', refreshWhenSeen);
    const heard = this.tabs.heard$.subscribe((message) => {
      if (message.type === 'history-changed' && this.session.user()) void this.refresh();
    });
    inject(DestroyRef).onDestroy(() => {
      document.removeEventListener('visibilitychange', refreshWhenSeen);
      window.removeEventListener('online', refreshWhenSeen);
      heard.unsubscribe();
    });
    effect(() => {
      const id = this.session.user()?.id;
      untracked(() => this.startOver(id !== undefined));
    });
  }

  /** Fetches the newest page again and joins it with what is here. Never rejects. */
  async refresh(): Promise<void> {
    this.clock.tick();
    const person = this.session.user()?.id;
    try {
      const page = await this.api.list(null, PAGE);
      if (person !== this.session.user()?.id) return;
      const merged = mergeFirstPage(this.list(), page.items, page.nextCursor === null);
      this.list.set(merged);
      // With older pages still here, their cursor says where the next one begins.
      if (merged.length === page.items.length) this.cursor.set(page.nextCursor);
      this.condition.set('ready');
    } catch (thrown) {
      this.failures.of(thrown);
      if (this.condition() === 'loading') this.condition.set('failed');
    }
  }

  /** Fetches again here and in the other tabs, after something they cannot know of. */
  async refreshEverywhere(): Promise<void> {
    this.tabs.tell({ type: 'history-changed' });
    await this.refresh();
  }

  async retry(): Promise<void> {
    this.condition.set('loading');
    await this.refresh();
  }

  /** The next older page; one at a time, silent when there is none. */
  async loadMore(): Promise<void> {
    const cursor = this.cursor();
    if (!cursor || this.loadingMore) return;
    this.loadingMore = true;
    try {
      const page = await this.api.list(cursor, PAGE);
      this.list.update((known) => {
        const seen = new Set(known.map(({ id }) => id));
        return [...known, ...page.items.filter(({ id }) => !seen.has(id))];
      });
      this.cursor.set(page.nextCursor);
    } catch (thrown) {
      this.failures.show(thrown);
    } finally {
      this.loadingMore = false;
    }
  }

  /** Takes over what another part of the app learned about a conversation, and tells the tabs. */
  put(conversation: Conversation): void {
    if (conversation.status === 'online') {
      this.list.update((known) => withConversation(known, conversation));
    } else {
      this.drop(conversation.id);
    }
    this.tabs.tell({ type: 'history-changed' });
  }

  /** Shows a new title at once; the server has it already. */
  showTitle(id: number, title: string): void {
    this.list.update((known) => known.map((one) => (one.id === id ? { ...one, title } : one)));
  }

  /** @returns false after a failure, which has been shown. */
  async rename(id: number, title: string): Promise<boolean> {
    return this.change(id, { title });
  }

  async pin(id: number, pinned: boolean): Promise<boolean> {
    return this.change(id, { pinned });
  }

  /** To the trash, with an undo for as long as the note stays. */
  async remove(conversation: Conversation): Promise<boolean> {
    this.drop(conversation.id);
    try {
      await this.api.remove(conversation.id);
    } catch (thrown) {
      this.list.update((known) => withConversation(known, conversation));
      this.failures.show(thrown);
      return false;
    }
    this.tabs.tell({ type: 'history-changed' });
    this.toasts.show(this.languages.text('history.deleted'), {
      label: this.languages.text('action.undo'),
      run: () => void this.restore(conversation.id),
    });
    return true;
  }

  async restore(id: number): Promise<boolean> {
    try {
      this.put(await this.api.restore(id));
      return true;
    } catch (thrown) {
      this.failures.show(thrown);
      return false;
    }
  }

  private async change(id: number, change: ConversationChange): Promise<boolean> {
    try {
      this.put(await this.api.change(id, change));
      return true;
    } catch (thrown) {
      this.failures.show(thrown);
      return false;
    }
  }

  private drop(id: number): void {
    this.list.update((known) => known.filter((one) => one.id !== id));
  }

  private startOver(signedIn: boolean): void {
    this.list.set([]);
    this.cursor.set(null);
    this.condition.set('loading');
    if (signedIn) void this.refresh();
  }
}
