import { computed, inject, Service, signal } from '@angular/core';
import { Router } from '@angular/router';
import { AnswerStreams, type Ask } from '../api/answer-streams';
import type { ApiFailure } from '../api/api-failure';
import { newIdempotencyKey } from '../api/idempotency-key';
import { PostsApi } from '../api/posts-api';
import { FailureTexts } from '../i18n/failure-texts';
import { AskingPause } from '../limits/asking-pause';
import type { Asked } from '../limits/pause.rules';
import { editedBack, handOver, handOverEdited, refused, wishFields } from './draft.rules';
import { Drafts } from './drafts';
import { RunningAnswers } from './running-answers';
import { justAsked, type ThreadPost } from './thread-post';
import { ThreadStore } from './thread-store';
import { besidePost, justMade } from './thread.rules';

/** A prompt that came back, and why. It is in the draft again. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** True when it may be asked again after a time: see AskingPause. */
  readonly paused: boolean;
  readonly prompt: string;
}

/** The status of a key that was used for another prompt. */
const KEY_REUSED = 422;

let lastKey = 0;

/** What a person does in a conversation: ask, ask again, go on, stop. */
@Service()
export class Asking {
  private readonly streams = inject(AnswerStreams);
  private readonly posts = inject(PostsApi);
  private readonly thread = inject(ThreadStore);
  private readonly running = inject(RunningAnswers);
  private readonly drafts = inject(Drafts);
  private readonly failures = inject(FailureTexts);
  private readonly pause = inject(AskingPause);
  private readonly router = inject(Router);
  private readonly refusal = signal<Refusal | null>(null);

  readonly refused = this.refusal.asReadonly();
  readonly lastFinished = this.running.lastFinished;
  readonly busy = computed(() => this.thread.answering() !== null);
  /** True until the server has the prompt. */
  readonly handingOver = computed(() => this.thread.answering()?.id === 0);

  /**
   * Asks after the last post, or beside `instead` (an edited prompt). Nothing happens while an
   * answer is being written: a second click may come before the button is seen to be disabled.
   */
  ask(prompt: string, model: string | null, instead: ThreadPost | null = null): void {
    if (this.busy()) return;
    const conversationId = this.thread.conversationId();
    const key = this.keepDraft(conversationId, prompt, instead !== null);
    this.refusal.set(null);
    const place = instead
      ? besidePost(instead)
      : { parentId: this.thread.lastPost()?.id ?? null, siblings: { ids: [0], index: 0 } };
    const asked = { ...place, conversationId: conversationId ?? 0, model };
    const post = this.show(prompt, asked, instead);
    const ask: Ask = {
      prompt,
      ...(instead && { parentId: instead.parentId }),
      ...(model && { model }),
      ...wishFields(this.drafts.read(conversationId).wishes),
    };
    this.running.start(post.key, {
      stream$: () => this.streams.ask$(conversationId, ask, key),
      accepted: (id) => this.accept(conversationId, id, ask),
      refused: (failure) => {
        this.thread.putBack();
        this.takeBack(conversationId, failure, instead !== null);
        this.pause.heed(failure, { prompt, model });
        const { code } = failure;
        const message = this.failures.of(failure);
        const paused = this.pause.current()?.code === code;
        this.refusal.set({ code, message, paused, prompt });
      },
    });
  }

  /**
   * Another answer to the same prompt; like `ask`, one at a time.
   * @param putBack called where it is refused, when `post` is in its place again
   */
  regenerate(post: ThreadPost, model?: string, putBack?: () => void): void {
    if (this.busy()) return;
    const key = newIdempotencyKey();
    const place = {
      ...besidePost(post),
      conversationId: post.conversationId,
      model: model ?? null,
    };
    this.running.start(this.show(post.prompt, place, post).key, {
      stream$: () => this.streams.regenerate$(post.id, model, key),
      refused: (failure) => {
        this.thread.putBack();
        putBack?.();
        this.showRefusal(failure, { prompt: post.prompt, model: model ?? null });
      },
    });
  }

  /** Goes on with an answer that ended early; like `ask`, one at a time. */
  continue(post: ThreadPost): void {
    if (this.busy()) return;
    const key = newIdempotencyKey();
    this.thread.update(post.key, (one) => ({ ...one, status: 'answering', error: null }));
    this.running.start(post.key, {
      stream$: () => this.streams.continue$(post.id, key),
      refused: (failure) => {
        this.thread.update(post.key, () => post);
        this.showRefusal(failure, { prompt: post.prompt, model: null });
      },
    });
  }

  async stop(post: ThreadPost): Promise<void> {
    if (post.id === 0) return;
    try {
      await this.posts.stop(post.id);
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }

  dismissRefusal(): void {
    this.refusal.set(null);
  }

  /** Where no prompt comes back, a note says it, and the line at the composer until when. */
  private showRefusal(failure: ApiFailure, asked: Asked): void {
    this.pause.heed(failure, asked);
    this.failures.show(failure);
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

  /** Keeps the prompt until the server has it; returns the key to hand it over with. */
  private keepDraft(conversationId: number | null, prompt: string, edited: boolean): string {
    const before = this.drafts.read(conversationId);
    const draft = edited
      ? handOverEdited(before, prompt, newIdempotencyKey())
      : handOver(before, prompt, newIdempotencyKey);
    this.drafts.write(conversationId, draft);
    return draft.sent.key;
  }

  private takeBack(conversationId: number | null, failure: ApiFailure, edited: boolean): void {
    const draft = this.drafts.read(conversationId);
    const keepKey = failure.status !== KEY_REUSED;
    this.drafts.write(conversationId, edited ? editedBack(draft) : refused(draft, keepKey));
  }

  private accept(askedIn: number | null, id: number, ask: Ask): void {
    if (askedIn === null)
      this.thread.adopt(justMade(id, ask.prompt, ask.model ?? null, new Date()));
    this.drafts.accept(askedIn, id);
    if (askedIn === null) void this.router.navigateByUrl(`/c/${id}`, { replaceUrl: true });
  }
}
