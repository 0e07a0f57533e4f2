import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import { ConversationsApi } from '../api/conversations-api';
import { toApiFailure } from '../api/api-failure';
import type { Conversation } from '../api/contract';
import { HistoryStore } from '../history/history-store';
import { FailureTexts } from '../i18n/failure-texts';
import { Connection } from '../ui/connection';
import { KeptThreads } from './kept-threads';
import { fromStored, type ThreadPost } from './thread-post';
import { withOlder, withPost } from './thread.rules';

const PAGE = 20;

/** `missing`: not there, or not this person's; the server does not say which. */
export type ThreadState = 'new' | 'loading' | 'ready' | 'missing' | 'failed';

/** The conversation on the screen: its posts from old to new, and what can be said about it. */
@Service()
export class ThreadStore {
  private readonly api = inject(ConversationsApi);
  private readonly history = inject(HistoryStore);
  private readonly kept = inject(KeptThreads);
  private readonly failures = inject(FailureTexts);
  private readonly id = signal<number | null>(null);
  private readonly about = signal<Conversation | null>(null);
  private readonly list = signal<readonly ThreadPost[]>([]);
  private readonly condition = signal<ThreadState>('new');
  private readonly problem = signal('');
  private readonly cursor = signal<string | null>(null);
  private readonly busyOlder = signal(false);
  private readonly fromMemory = signal(false);

  readonly conversationId = this.id.asReadonly();
  readonly posts = this.list.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  readonly loadingOlder = this.busyOlder.asReadonly();
  /** True while the server is away and this is what was shown before. */
  readonly remembered = this.fromMemory.asReadonly();
  readonly hasOlder = computed(() => this.cursor() !== null);
  readonly answering = computed(
    () => this.list().find((one) => one.status === 'answering') ?? null,
  );
  /** The title and status may change in the side list: that is the newer word. */
  readonly conversation = computed(() => {
    const about = this.about();
    return this.history.conversations().find(({ id }) => id === about?.id) ?? about;
  });

  constructor() {
    const connection = inject(Connection);
    // What was remembered is read afresh as soon as there is a network again.
    effect(() => {
      if (connection.online() && this.fromMemory()) untracked(() => void this.reload());
    });
  }

  /** Shows a conversation, or the empty page of a new one. Does nothing if it is there already. */
  async open(id: number | null): Promise<void> {
    if (id === this.id() && this.condition() !== 'failed') return;
    this.keep();
    this.id.set(id);
    this.clear(id === null ? 'new' : 'loading');
    if (id !== null) await this.load(id);
  }

  /** Reads the conversation again, such as after a failure or when another branch was chosen. */
  async reload(): Promise<void> {
    const id = this.id();
    if (id !== null) await this.load(id);
  }

  /** Forgets what is shown, so that opening it again reads it afresh. */
  leave(): void {
    this.keep();
    this.id.set(null);
    this.clear('new');
  }

  async loadOlder(): Promise<void> {
    const id = this.id();
    const cursor = this.cursor();
    if (id === null || !cursor || this.busyOlder()) return;
    this.busyOlder.set(true);
    try {
      const page = await this.api.listPosts(id, cursor, PAGE);
      if (id !== this.id()) return;
      this.list.update((posts) =>
        withOlder(
          posts,
          page.items.map((post) => fromStored(post)),
        ),
      );
      this.cursor.set(page.nextCursor);
    } catch (thrown) {
      this.failures.show(thrown);
    } finally {
      this.busyOlder.set(false);
    }
  }

  /** Changes one post on the screen. */
  update(key: string, change: (post: ThreadPost) => ThreadPost): void {
    this.list.update((posts) => withPost(posts, key, change));
  }

  /** Shows a post at the end, in place of `replaced` and all after it. */
  append(post: ThreadPost, replaced: ThreadPost | null): void {
    this.list.update((posts) => {
      const cut = replaced ? posts.findIndex((one) => one.key === replaced.key) : -1;
      return [...(cut < 0 ? posts : posts.slice(0, cut)), post];
    });
    if (this.condition() === 'new') this.condition.set('ready');
  }

  /** Goes back to the posts before a prompt that was refused. */
  putBack(posts: readonly ThreadPost[]): void {
    this.list.set(posts);
    if (posts.length === 0 && this.id() === null) this.condition.set('new');
  }

  /** The new conversation has been made: the page is about it from now on. */
  adopt(conversation: Conversation): void {
    this.id.set(conversation.id);
    this.about.set(conversation);
    this.condition.set('ready');
    this.history.put(conversation);
  }

  /** What the server says now, after a change. */
  describe(conversation: Conversation): void {
    if (conversation.id === this.id()) this.about.set(conversation);
    this.history.put(conversation);
  }

  private async load(id: number): Promise<void> {
    try {
      const [conversation, page] = await Promise.all([
        this.api.read(id),
        this.api.listPosts(id, null, PAGE),
      ]);
      if (id !== this.id()) return;
      this.about.set(conversation);
      this.list.set(page.items.map((post) => fromStored(post)).reverse());
      this.cursor.set(page.nextCursor);
      this.fromMemory.set(false);
      this.condition.set('ready');
    } catch (thrown) {
      if (id !== this.id()) return;
      const failure = toApiFailure(thrown);
      if (failure.unheard && this.showKept(id)) return;
      this.problem.set(this.failures.of(failure));
      this.condition.set(failure.status === 404 ? 'missing' : 'failed');
    }
  }

  private keep(): void {
    const conversation = this.conversation();
    if (!conversation || this.condition() !== 'ready') return;
    this.kept.keep({ conversation, posts: this.list(), cursor: this.cursor() });
  }

  /** @returns whether there was something to show. */
  private showKept(id: number): boolean {
    const kept = this.kept.find(id);
    if (this.condition() !== 'ready') {
      if (!kept) return false;
      this.about.set(kept.conversation);
      this.list.set(kept.posts);
      this.cursor.set(kept.cursor);
    }
    this.fromMemory.set(true);
    this.condition.set('ready');
    return true;
  }

  private clear(state: ThreadState): void {
    this.about.set(null);
    this.fromMemory.set(false);
    this.list.set([]);
    this.cursor.set(null);
    this.problem.set('');
    this.condition.set(state);
  }
}
