import { computed, inject, Service, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, map, of, Subject, switchMap, timer } from 'rxjs';
import { toApiFailure } from '../../api/api-failure';
import type { ContextUse, Post } from '../../api/contract';
import { WindowApi } from '../../api/window-api';
import {
  boundaryOf,
  markOf,
  pauseBefore,
  stillExceeds,
  windowView,
  type WindowQuestion,
  type WindowView,
} from './window.rules';

interface Answered {
  readonly question: WindowQuestion;
  readonly use: ContextUse;
}

/** What the model would read with the next question, as the server counts it. */
@Service()
export class WindowStore {
  private readonly api = inject(WindowApi);
  private readonly questions = new Subject<WindowQuestion | null>();
  private readonly answer = signal<Answered | null>(null);
  private readonly shown = signal<{ readonly of: number | null; readonly view: WindowView } | null>(
    null,
  );
  private readonly changes = signal(0);
  private last: WindowQuestion | null = null;

  /** Null until the server has said it, and after it said nothing. */
  readonly use = computed(() => this.answer()?.use ?? null);
  /** What the thread shows; a prompt that cannot be sent changes nothing in it. */
  readonly view = computed(() => this.shown()?.view ?? null);
  readonly boundary = computed(() => {
    const view = this.view();
    return view && boundaryOf(view);
  });
  /** Grows with every change of what is sent: whoever asks, asks again. */
  readonly version = this.changes.asReadonly();

  constructor() {
    this.questions
      .pipe(
        switchMap((question) => (question ? this.read$(question) : of(null))),
        takeUntilDestroyed(),
      )
      .subscribe((answered) => this.show(answered));
  }

  /** Asks what the window would hold. A question that is still under way is given up. */
  ask(question: WindowQuestion): void {
    const shown = this.shown();
    if (shown && shown.of !== question.conversationId) this.forget();
    this.questions.next(question);
  }

  /** Nothing is open that could be asked about. */
  forget(): void {
    this.last = null;
    this.questions.next(null);
    this.shown.set(null);
  }

  /** What an answer that is being written was given. */
  heed(conversationId: number | null, parentId: number | null, use: ContextUse): void {
    this.last = null;
    this.questions.next(null);
    this.show({ question: { conversationId, parentId, prompt: '', model: null }, use });
  }

  /** Something changed that the server counts by: pins, fresh starts, summaries. */
  heedChange(): void {
    this.last = null;
    this.changes.update((version) => version + 1);
  }

  /** Whether this prompt is known to be too long for the window by itself. */
  exceeds(prompt: string): boolean {
    const answered = this.answer();
    return answered !== null && stillExceeds(answered.use.excess, answered.question.prompt, prompt);
  }

  /** Whether a post is not sent with the next question. */
  leavesOut(postId: number): boolean {
    const view = this.view();
    return view !== null && markOf(view, postId)?.sent === false;
  }

  /** Whether anything is said above a post: where the window begins, or what becomes of the post. */
  speaksAbove({ id, pinned }: Pick<Post, 'id' | 'pinned'>): boolean {
    const view = this.view();
    if (pinned || this.boundary()?.before === id) return true;
    const mark = view && markOf(view, id);
    return mark !== null && (!mark.sent || mark.because !== null);
  }

  /** Whether anything is said below it: a fresh start, or that nothing up to it is sent. */
  speaksBelow({ id, freshStartAt }: Pick<Post, 'id' | 'freshStartAt'>): boolean {
    const nothingSent = this.boundary()?.before === null;
    return freshStartAt !== null || (nothingSent && this.view()?.upTo === id);
  }

  private read$(question: WindowQuestion) {
    const pause = pauseBefore(question, this.last);
    this.last = question;
    return timer(pause).pipe(
      switchMap(() => this.api.preview$(question.conversationId, question)),
      map((use): Answered => ({ question, use })),
      // The meter is a service, not a need: without figures one can still ask.
      catchError((thrown: unknown) => {
        toApiFailure(thrown);
        return of(null);
      }),
    );
  }

  private show(answered: Answered | null): void {
    this.answer.set(answered);
    if (!answered || answered.use.excess > 0) return;
    const { question, use } = answered;
    const view = windowView(use, question.parentId ?? 0);
    this.shown.set({ of: question.conversationId, view });
  }
}
