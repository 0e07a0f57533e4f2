import { Router } from '@angular/router';
import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import type { AnswerEvent } from '../api/answer-event';
import { AnswerStreams, type Ask, type StreamedEvent } from '../api/answer-streams';
import { type ApiFailure, toApiFailure } from '../api/api-failure';
import type { Conversation } from '../api/contract';
import { ConversationsApi } from '../api/conversations-api';
import { newIdempotencyKey } from '../api/idempotency-key';
import { PostsApi } from '../api/posts-api';
import { HistoryStore } from '../history/history-store';
import { FailureTexts } from '../i18n/failure-texts';
import { Toasts } from '../ui/toasts';
import { AnswerRun } from './answer-run';
import { applyEvent } from './answer.rules';
import { NO_DRAFT, handOver, refused } from './draft.rules';
import { Drafts } from './drafts';
import { perFrame } from './frame';
import { fromStored, justAsked, type ThreadPost } from './thread-post';
import { ThreadStore } from './thread-store';
import { besidePost, nameSibling } from './thread.rules';
import { from, switchMap, type Observable } from 'rxjs';

/** A prompt that came back, and why. An edited one has no draft: it is in `prompt` only. */
export interface Refusal {
  readonly message: string;
  readonly prompt: string;
  readonly edited: boolean;
}

interface OpenRun {
  readonly run: AnswerRun;
  readonly events: AnswerEvent[];
}

/** The status of a key that was used for another prompt. */
const KEY_REUSED = 422;

let lastKey = 0;

/**
 * Asking and following: hands prompts over, lets the answers run into the thread frame by frame, and
 * takes up every run of the open conversation that is still going on.
 */
@Service()
export class Asking {
  private readonly streams = inject(AnswerStreams);
  private readonly posts = inject(PostsApi);
  private readonly conversations = inject(ConversationsApi);
  private readonly thread = inject(ThreadStore);
  private readonly history = inject(HistoryStore);
  private readonly drafts = inject(Drafts);
  private readonly failures = inject(FailureTexts);
  private readonly toasts = inject(Toasts);
  private readonly router = inject(Router);
  private readonly runs = new Map<string, OpenRun>();
  private readonly refusal = signal<Refusal | null>(null);
  private readonly finished = signal('');
  private readonly flushSoon = perFrame(() => this.flush());
  /** Made for a first prompt that was then refused: used for the next one. */
  private empty: Conversation | null = null;

  readonly refused = this.refusal.asReadonly();
  /** Key of the answer that ended last, to be read out once. */
  readonly lastFinished = this.finished.asReadonly();
  readonly busy = computed(() => this.thread.answering() !== null);

  constructor() {
    effect(() => {
      const posts = this.thread.posts();
      untracked(() => this.followAll(posts));
    });
  }

  /** Asks after the last post, or beside `instead` (an edited prompt). */
  ask(prompt: string, model: string | null, instead: ThreadPost | null = null): void {
    const shown = this.thread.posts();
    const conversationId = this.thread.conversationId();
    const key = instead ? newIdempotencyKey() : this.keepDraft(conversationId, prompt);
    this.refusal.set(null);
    const place = instead
      ? besidePost(instead)
      : { parentId: shown.at(-1)?.id ?? null, siblings: { ids: [0], index: 0 } };
    const post = this.show(
      prompt,
      { ...place, conversationId: conversationId ?? 0, model },
      instead,
    );
    const ask: Ask = {
      prompt,
      ...(instead && { parentId: instead.parentId }),
      ...(model && { model }),
    };
    this.start(
      post,
      () => this.handOver$(conversationId, ask, key),
      (failure) => {
        this.thread.putBack(shown);
        if (!instead) this.takeBack(conversationId, failure);
        this.refusal.set({ message: this.failures.of(failure), prompt, edited: instead !== null });
      },
      instead ? undefined : () => this.drafts.accept(conversationId, this.thread.conversationId()),
    );
  }

  /** Keeps the prompt until the server has it; returns the key to hand it over with. */
  private keepDraft(conversationId: number | null, prompt: string): string {
    // A key belongs to one conversation, and after a reload a new one would be another.
    const known = conversationId !== null || this.empty !== null;
    const before = known ? this.drafts.read(conversationId) : NO_DRAFT;
    const draft = handOver(before, prompt, newIdempotencyKey);
    this.drafts.write(conversationId, draft);
    return draft.sent?.key ?? newIdempotencyKey();
  }

  private takeBack(conversationId: number | null, failure: ApiFailure): void {
    const keepKey = failure.status !== KEY_REUSED;
    this.drafts.write(conversationId, refused(this.drafts.read(conversationId), keepKey));
  }

  /** Another answer to the same prompt. */
  regenerate(post: ThreadPost, model?: string): void {
    const shown = this.thread.posts();
    const key = newIdempotencyKey();
    const place = {
      ...besidePost(post),
      conversationId: post.conversationId,
      model: model ?? null,
    };
    const next = this.show(post.prompt, place, post);
    this.start(
      next,
      () => this.streams.regenerate$(post.id, model, key),
      (failure) => {
        this.thread.putBack(shown);
        this.toasts.show(this.failures.of(failure));
      },
    );
  }

  /** Goes on with an answer that ended early. */
  continue(post: ThreadPost): void {
    const key = newIdempotencyKey();
    this.thread.update(post.key, (one) => ({ ...one, status: 'answering', error: null }));
    this.start(
      post,
      () => this.streams.continue$(post.id, key),
      (failure) => {
        this.thread.update(post.key, () => post);
        this.toasts.show(this.failures.of(failure));
      },
    );
  }

  async stop(post: ThreadPost): Promise<void> {
    if (post.id === 0) return;
    try {
      await this.posts.stop(post.id);
    } catch (thrown) {
      this.toasts.show(this.failures.of(thrown));
    }
  }

  dismissRefusal(): void {
    this.refusal.set(null);
  }

  /** The chat is left: nothing of it is kept for who comes next. */
  leave(): void {
    this.refusal.set(null);
    this.empty = null;
    this.thread.leave();
  }

  private show(
    prompt: string,
    place: Parameters<typeof justAsked>[2],
    instead: ThreadPost | null,
  ): ThreadPost {
    const post = justAsked(`n${++lastKey}`, prompt, place, new Date());
    this.thread.append(post, instead);
    return post;
  }

  /** A first prompt makes its conversation on the way. */
  private handOver$(
    conversationId: number | null,
    ask: Ask,
    key: string,
  ): Observable<StreamedEvent> {
    if (conversationId !== null) return this.streams.ask$(conversationId, ask, key);
    return from(this.makeConversation()).pipe(
      switchMap(({ id }) => this.streams.ask$(id, ask, key)),
    );
  }

  private async makeConversation(): Promise<Conversation> {
    this.empty ??= await this.conversations.create();
    return this.empty;
  }

  private start(
    post: ThreadPost,
    handOver: () => Observable<StreamedEvent>,
    refused: (failure: ApiFailure) => void,
    accepted?: () => void,
  ): void {
    const { key } = post;
    const events: AnswerEvent[] = [];
    const run = AnswerRun.start(
      this.streams,
      {
        heard: (event) => {
          if (event.type === 'post') this.accept(accepted);
          this.hear(key, event);
        },
        refused: (failure) => {
          this.runs.delete(key);
          refused(failure);
        },
        lost: () => void this.readAgain(key),
      },
      handOver,
    );
    this.runs.set(key, { run, events });
  }

  private accept(accepted?: () => void): void {
    const made = this.empty;
    const isNew = made !== null && this.thread.conversationId() === null;
    if (isNew) {
      this.empty = null;
      this.thread.adopt(made);
    }
    accepted?.();
    if (isNew) void this.router.navigateByUrl(`/c/${made.id}`, { replaceUrl: true });
  }

  private hear(key: string, event: AnswerEvent): void {
    this.runs.get(key)?.events.push(event);
    if (event.type === 'title') this.showTitle(event.title);
    this.flushSoon();
  }

  private flush(): void {
    for (const [key, { run, events }] of this.runs) {
      if (events.length === 0) continue;
      const heard = events.splice(0);
      this.thread.update(key, (post) => {
        const next = heard.reduce(applyEvent, post);
        return next.id === post.id ? next : nameSibling(next);
      });
      const post = this.thread.posts().find((one) => one.key === key);
      if (post?.gap) {
        this.thread.update(key, (one) => ({ ...one, gap: false }));
        run.startOver();
      }
      if (heard.some((event) => event.type === 'done')) void this.end(key);
    }
  }

  private async end(key: string): Promise<void> {
    this.runs.delete(key);
    this.finished.set(key);
    await this.readAgain(key);
    void this.history.refresh();
  }

  /** The stored post is the truth: what a reload would show is shown now. */
  private async readAgain(key: string): Promise<void> {
    this.runs.delete(key);
    const shown = this.thread.posts().find((one) => one.key === key);
    if (!shown?.id) return;
    try {
      const stored = await this.posts.read(shown.id);
      this.thread.update(key, ({ notices }) => ({ ...fromStored(stored, key), notices }));
    } catch (thrown) {
      toApiFailure(thrown);
      this.thread.update(key, (post) =>
        post.status === 'answering' ? { ...post, status: 'interrupted' } : post,
      );
    }
  }

  /** Follows what is being answered, and closes what is no longer on the screen. */
  private followAll(posts: readonly ThreadPost[]): void {
    const shown = new Set(posts.map((post) => post.key));
    for (const [key, { run }] of this.runs) {
      if (shown.has(key)) continue;
      run.close();
      this.empty = null;
      this.runs.delete(key);
    }
    for (const post of posts) {
      if (post.status !== 'answering' || post.id === 0 || this.runs.has(post.key)) continue;
      const { key } = post;
      const listener = {
        heard: (event: AnswerEvent) => this.hear(key, event),
        refused: () => void this.readAgain(key),
        lost: () => void this.readAgain(key),
      };
      const run = AnswerRun.follow(this.streams, listener, post.id);
      this.runs.set(key, { run, events: [] });
    }
  }

  private showTitle(title: string): void {
    const id = this.thread.conversationId();
    if (id !== null) this.history.showTitle(id, title);
  }
}
