import { effect, inject, Service, signal, untracked } from '@angular/core';
import type { Observable } from 'rxjs';
import type { AnswerEvent } from '../api/answer-event';
import { AnswerStreams, type StreamedEvent } from '../api/answer-streams';
import { toApiFailure, type ApiFailure } from '../api/api-failure';
import { PostsApi } from '../api/posts-api';
import { HistoryStore } from '../history/history-store';
import { isLimitReached } from '../limits/pause.rules';
import { WhatIsLeftStore } from '../limits/what-is-left-store';
import { AnswerRun } from './answer-run';
import { applyEvent } from './answer.rules';
import { perFrame } from './frame';
import { isPromptBlocked } from './rail-notes.rules';
import { fromStored, type ThreadPost } from './thread-post';
import { ThreadStore } from './thread-store';
import { TypedPrompts } from './typed-prompts';
import { nameSibling } from './thread.rules';
import { WindowStore } from './window/window-store';

interface OpenRun {
  readonly run: AnswerRun;
  /** Heard since the last frame. */
  readonly events: AnswerEvent[];
}

/** What happens to a prompt that is handed over. */
export interface HandOver {
  readonly stream$: () => Observable<StreamedEvent>;
  /** The server has it: from here on nothing can be lost. */
  readonly accepted?: (conversationId: number) => void;
  readonly refused: (failure: ApiFailure) => void;
}

/**
 * The answers being written in the open conversation: their text runs into the thread frame by frame,
 * and every run that is still going on (after a reload, from another device) is taken up.
 */
@Service()
export class RunningAnswers {
  private readonly streams = inject(AnswerStreams);
  private readonly posts = inject(PostsApi);
  private readonly typed = inject(TypedPrompts);
  private readonly thread = inject(ThreadStore);
  private readonly history = inject(HistoryStore);
  private readonly whatIsLeft = inject(WhatIsLeftStore);
  private readonly window = inject(WindowStore);
  private readonly runs = new Map<string, OpenRun>();
  private readonly finished = signal('');
  private readonly flushSoon = perFrame(() => this.flush());

  /** Key of the answer that ended last, to be read out once. */
  readonly lastFinished = this.finished.asReadonly();

  constructor() {
    effect(() => {
      const posts = this.thread.held();
      untracked(() => this.followAll(posts));
    });
  }

  /** Hands a prompt over; its answer runs into the post with that key. */
  start(key: string, { stream$, accepted, refused }: HandOver): void {
    let taken = false;
    const listener = {
      heard: (event: AnswerEvent) => {
        // A stream that is followed from its start again says it again.
        if (event.type === 'post' && !taken) {
          taken = true;
          accepted?.(event.conversationId);
        }
        this.hear(key, event);
      },
      refused: (failure: ApiFailure) => {
        this.runs.delete(key);
        refused(failure);
      },
      lost: () => void this.readAgain(key),
      waits: (waiting: boolean) => this.showWaiting(key, waiting),
    };
    this.runs.set(key, { run: AnswerRun.start(this.streams, listener, stream$), events: [] });
  }

  private follow(post: ThreadPost): void {
    const { key } = post;
    const listener = {
      heard: (event: AnswerEvent) => this.hear(key, event),
      refused: () => void this.readAgain(key),
      lost: () => void this.readAgain(key),
      waits: (waiting: boolean) => this.showWaiting(key, waiting),
    };
    this.runs.set(key, { run: AnswerRun.follow(this.streams, listener, post.id), events: [] });
  }

  /** Follows what is being answered, and closes what the thread no longer holds. */
  private followAll(posts: readonly ThreadPost[]): void {
    const shown = new Set(posts.map((post) => post.key));
    for (const [key, { run }] of this.runs) {
      if (shown.has(key)) continue;
      run.close();
      this.runs.delete(key);
    }
    for (const post of posts) {
      const isRunning = post.status === 'answering' && post.id !== 0;
      if (isRunning && !this.runs.has(post.key)) this.follow(post);
    }
  }

  private hear(key: string, event: AnswerEvent): void {
    this.runs.get(key)?.events.push(event);
    const id = this.thread.conversationId();
    if (event.type === 'title' && id !== null) this.history.showTitle(id, event.title);
    if (event.type === 'context') this.window.heed(id, this.find(key)?.parentId ?? null, event);
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
      if (this.find(key)?.gap) {
        this.thread.update(key, (one) => ({ ...one, gap: false }));
        run.startOver();
      }
      if (heard.some((event) => event.type === 'done')) void this.end(key);
    }
  }

  private async end(key: string): Promise<void> {
    await this.readAgain(key);
    this.finished.set(key);
    const error = this.find(key)?.error;
    void (error && isLimitReached(error.code)
      ? this.whatIsLeft.load()
      : this.whatIsLeft.heedAnswer());
    await this.history.refreshEverywhere();
  }

  /** The stored post is the truth: what a reload would show is shown now. */
  private async readAgain(key: string): Promise<void> {
    this.runs.delete(key);
    const id = this.find(key)?.id;
    if (!id) return;
    try {
      const stored = await this.posts.read(id);
      const written = this.find(key)?.prompt ?? '';
      if (isPromptBlocked(stored) && written !== stored.prompt) this.typed.keep(id, written);
      this.thread.update(key, ({ notices, resetsAt }) => ({
        ...fromStored(stored, key),
        notices,
        resetsAt,
      }));
    } catch (thrown) {
      toApiFailure(thrown);
      this.thread.update(key, (post) =>
        post.status === 'answering' ? { ...post, status: 'interrupted' } : post,
      );
    }
  }

  private showWaiting(key: string, waiting: boolean): void {
    this.thread.update(key, (post) => ({ ...post, waiting }));
  }

  private find(key: string): ThreadPost | undefined {
    return this.thread.held().find((post) => post.key === key);
  }
}
