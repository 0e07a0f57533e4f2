import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import { type BranchPlace, ConversationsApi } from '../api/conversations-api';
import { toApiFailure } from '../api/api-failure';
import type { Conversation } from '../api/contract';
import { HistoryStore } from '../history/history-store';
import { FailureTexts } from '../i18n/failure-texts';
import { Connection } from '../ui/connection';
import { KeptThreads } from './kept-threads';
import { PAGE, ThreadPages } from './thread-pages';
import type { ThreadPost } from './thread-post';
import {
  allHeld,
  atEnd,
  type HeldThread,
  NOTHING_HELD,
  type PostPage,
  shownPage,
  withAsked,
  withChange,
  withNewerPage,
  withOlderPage,
} from './thread-slice.rules';

/** `missing`: not there, or not this person's; the server does not say which. */
export type ThreadState = 'new' | 'loading' | 'ready' | 'missing' | 'failed';

/** What becomes of reading on in a direction. */
export type Paging = 'idle' | 'loading' | 'failed';

/**
 * The conversation on the screen: a part of its posts from old to new, which grows at both ends as
 * one scrolls and lets go of what is far away, and what can be said about it.
 */
@Service()
export class ThreadStore {
  private readonly api = inject(ConversationsApi);
  private readonly pages = inject(ThreadPages);
  private readonly history = inject(HistoryStore);
  private readonly kept = inject(KeptThreads);
  private readonly failures = inject(FailureTexts);
  private readonly id = signal<number | null>(null);
  private readonly about = signal<Conversation | null>(null);
  private readonly thread = signal<HeldThread>(NOTHING_HELD);
  private readonly condition = signal<ThreadState>('new');
  private readonly problem = signal('');
  private readonly pagingOlder = signal<Paging>('idle');
  private readonly pagingNewer = signal<Paging>('idle');
  private readonly fromMemory = signal(false);
  private readonly elsewhere = signal<number | null>(null);
  /** What was held before the last prompt, should it be refused. */
  private beforeAsking: HeldThread | null = null;
  /** Counts what was shown afresh: a page that was asked for before is of no use any more. */
  private readings = 0;

  readonly conversationId = this.id.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  readonly older = this.pagingOlder.asReadonly();
  readonly newer = this.pagingNewer.asReadonly();
  /** True while the server is away and this is what was shown before. */
  readonly remembered = this.fromMemory.asReadonly();
  /** A post that was asked for but is on another branch than the one in use. */
  readonly onOtherBranch = this.elsewhere.asReadonly();
  /** The posts that may be shown, without a gap, oldest first. */
  readonly posts = computed(() => this.thread().slice.posts);
  readonly hasOlder = computed(() => this.thread().slice.hasOlder);
  readonly hasNewer = computed(() => this.thread().slice.hasNewer);
  /** `posts` and, while they do not reach it, the end of the conversation. */
  readonly held = computed(() => allHeld(this.thread()));
  readonly lastPost = computed(() => this.held().at(-1) ?? null);
  readonly answering = computed(
    () => this.held().find((one) => one.status === 'answering') ?? null,
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

  /**
   * Shows a conversation at its end or around one of its posts, or the empty page of a new one.
   * Does nothing if it is there already.
   */
  async open(id: number | null, around: number | null = null): Promise<void> {
    if (id === this.id() && this.condition() !== 'failed') return;
    this.keep();
    this.id.set(id);
    this.clear(id === null ? 'new' : 'loading');
    if (id !== null) await this.load(id, around);
  }

  /**
   * Reads the conversation again, such as after a failure or when another branch was chosen.
   * @param around the post to show; without it, the end.
   */
  async reload(around: number | null = null): Promise<void> {
    const id = this.id();
    if (id !== null) await this.load(id, around);
  }

  /**
   * Shows the branch that a post is on, around that post.
   * @throws {ApiFailure} when the server does not change it.
   */
  async showBranch(postId: number): Promise<void> {
    const id = this.id();
    if (id === null) return;
    this.describe(await this.api.change(id, { leafPostId: postId }));
    await this.reload(postId);
  }

  /** Forgets what is shown, so that opening it again reads it afresh. */
  leave(): void {
    this.keep();
    this.id.set(null);
    this.clear('new');
  }

  /** Reads the posts before those shown. */
  async loadOlder(): Promise<void> {
    const [first] = this.posts();
    // What was asked a moment ago has no id yet.
    if (!this.hasOlder() || !first?.id) return;
    await this.turnPage({ before: first.id }, this.pagingOlder, withOlderPage);
  }

  /** Reads the posts after those shown. */
  async loadNewer(): Promise<void> {
    const last = this.posts().at(-1);
    if (!this.hasNewer() || !last?.id) return;
    await this.turnPage({ after: last.id }, this.pagingNewer, withNewerPage);
  }

  /**
   * Makes sure that a post is among those shown, reading those around it where it is not.
   * @returns false where it is not on the branch in use, or could not be read.
   */
  async show(postId: number): Promise<boolean> {
    const id = this.id();
    if (id === null) return false;
    if (this.posts().some((post) => post.id === postId)) return true;
    const reading = ++this.readings;
    try {
      const page = await this.pages.at(id, { around: postId });
      if (reading !== this.readings) return false;
      const { slice, end } = this.thread();
      this.showPage(page, slice.hasNewer ? end : slice.posts.slice(-PAGE));
      return true;
    } catch (thrown) {
      if (reading !== this.readings) return false;
      if (toApiFailure(thrown).status === 404) this.elsewhere.set(postId);
      else this.failures.show(thrown);
      return false;
    }
  }

  /** Goes to the conversation's end, at once: its last posts are always held. */
  showEnd(): void {
    if (!this.hasNewer()) return;
    this.readings++;
    this.thread.update(atEnd);
    this.rest();
  }

  /** Changes one post, wherever it is held. */
  update(key: string, change: (post: ThreadPost) => ThreadPost): void {
    this.thread.update((held) => withChange(held, key, change));
  }

  /** Shows a post at the end, in place of `replaced` and all after it. */
  append(post: ThreadPost, replaced: ThreadPost | null): void {
    if (!replaced) this.showEnd();
    this.beforeAsking = this.thread();
    this.readings++;
    this.rest();
    this.thread.update((held) => withAsked(held, post, replaced));
    if (this.condition() === 'new') this.condition.set('ready');
  }

  /** Goes back to the posts before a prompt that was refused. */
  putBack(): void {
    if (this.beforeAsking) this.thread.set(this.beforeAsking);
    this.beforeAsking = null;
    if (this.posts().length === 0 && this.id() === null) this.condition.set('new');
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

  private async load(id: number, around: number | null): Promise<void> {
    const reading = ++this.readings;
    try {
      const [conversation, end, page] = await Promise.all([
        this.api.read(id),
        this.pages.at(id, {}),
        around === null ? null : this.pages.around(id, around),
      ]);
      if (reading !== this.readings) return;
      this.about.set(conversation);
      this.elsewhere.set(around !== null && page === null ? around : null);
      this.showPage(page ?? end, end.posts.toReversed());
      this.fromMemory.set(false);
      this.condition.set('ready');
    } catch (thrown) {
      if (reading !== this.readings) return;
      const failure = toApiFailure(thrown);
      if (failure.unheard && this.showKept(id)) return;
      this.problem.set(this.failures.of(failure));
      this.condition.set(failure.status === 404 ? 'missing' : 'failed');
    }
  }

  private async turnPage(
    place: BranchPlace,
    paging: typeof this.pagingOlder,
    put: (held: HeldThread, page: PostPage) => HeldThread,
  ): Promise<void> {
    const id = this.id();
    if (id === null || paging() === 'loading') return;
    const reading = this.readings;
    paging.set('loading');
    try {
      const page = await this.pages.at(id, place);
      if (reading !== this.readings) return;
      this.thread.update((held) => put(held, page));
      paging.set('idle');
    } catch (thrown) {
      toApiFailure(thrown);
      if (reading === this.readings) paging.set('failed');
    }
  }

  private showPage(page: PostPage, end: readonly ThreadPost[]): void {
    this.thread.set(shownPage(page, end));
    this.rest();
  }

  private rest(): void {
    this.pagingOlder.set('idle');
    this.pagingNewer.set('idle');
  }

  private keep(): void {
    const conversation = this.conversation();
    if (!conversation || this.condition() !== 'ready') return;
    this.kept.keep(conversation, this.thread());
  }

  /** @returns whether there was something to show. */
  private showKept(id: number): boolean {
    const kept = this.kept.find(id);
    if (this.condition() !== 'ready') {
      if (!kept) return false;
      this.about.set(kept.conversation);
      this.thread.set({ slice: kept.slice, end: [] });
    }
    this.fromMemory.set(true);
    this.condition.set('ready');
    return true;
  }

  private clear(state: ThreadState): void {
    this.readings++;
    this.about.set(null);
    this.fromMemory.set(false);
    this.elsewhere.set(null);
    this.beforeAsking = null;
    this.thread.set(NOTHING_HELD);
    this.rest();
    this.problem.set('');
    this.condition.set(state);
  }
}
