import { Clipboard } from '@angular/cdk/clipboard';
import {
  Component,
  DestroyRef,
  EnvironmentInjector,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { FeedbackValue } from '../api/contract';
import { PostsApi } from '../api/posts-api';
import { FailureTexts } from '../i18n/failure-texts';
import type { CitedClaim } from '../markdown/citations';
import { Markdown } from '../markdown/markdown';
import { Icon } from '../ui/icon';
import { RenderPace } from '../ui/render-pace';
import { Asking } from './asking';
import { PostActions } from './post-actions';
import { PostState } from './post-state';
import { PromptBlock } from './prompt-block';
import { originsOf } from './sources/origins.rules';
import { CitationDoubts } from './sources/citation-doubts';
import { RailNotes } from './rail-notes';
import { RouteLine } from './sources/route-line';
import type { ThreadPost } from './thread-post';
import { ThreadStore } from './thread-store';
import { TypedPrompts } from './typed-prompts';
import { BranchNote } from './tree/branch-note';
import { Branching } from './tree/branching';
import { Versions } from './tree/versions';
import { WindowAbove } from './window/window-above';
import { WindowBelow } from './window/window-below';
import { WindowStore } from './window/window-store';

/** A screen of short posts is made in fewer frames than these. */
const MOST_FRAMES = 60;

/** A prompt and its answer. */
@Component({
  selector: 'app-post-view',
  imports: [
    BranchNote,
    CitationDoubts,
    Icon,
    Markdown,
    PostActions,
    PostState,
    PromptBlock,
    RailNotes,
    RouteLine,
    TranslocoPipe,
    Versions,
    WindowAbove,
    WindowBelow,
  ],
  host: { role: 'article', tabindex: '-1', '[class.left-out]': 'window.leavesOut(post().id)' },
  templateUrl: './post-view.html',
  styleUrl: './post-view.css',
})
export class PostView {
  private readonly injector = inject(EnvironmentInjector);
  private readonly thread = inject(ThreadStore);
  private readonly posts = inject(PostsApi);
  private readonly failures = inject(FailureTexts);
  private readonly clipboard = inject(Clipboard);
  private readonly typed = inject(TypedPrompts);
  protected readonly asking = inject(Asking);
  protected readonly branching = inject(Branching);
  protected readonly window = inject(WindowStore);
  readonly post = input.required<ThreadPost>();
  readonly last = input.required<boolean>();
  /** In a deleted conversation nothing can be changed. */
  readonly locked = input(false);
  readonly source = output<CitedClaim>();
  protected readonly editing = signal(false);
  protected readonly rating = linkedSignal<FeedbackValue>(() => this.post().feedback ?? 0);
  /** What was written; empty where the server kept only a notice and it is known no longer. */
  protected readonly written = computed(() => this.typed.of(this.post()));
  protected readonly sourceNumbers = computed(() => this.post().sources.map(({ n }) => n));
  protected readonly origins = computed(() => originsOf(this.post()));

  /** Where it looks now; null where there is nothing to wait for. */
  protected readonly looking = computed(() => {
    const { route } = this.post();
    return route === 'direct' ? null : route;
  });

  /** Most posts only pass by: what can be done with one is drawn when all texts are. */
  private readonly stayed = signal(false);
  protected readonly actsDrawn = computed(
    () => this.stayed() || this.post().siblings.ids.length > 1,
  );

  constructor() {
    const pace = inject(RenderPace);
    const stay = (): void => this.stayed.set(true);
    pace.addLast(stay);
    inject(DestroyRef).onDestroy(() => pace.drop(stay));
  }

  /** The source itself, not what was made of it. */
  protected showSource(n: number): void {
    this.source.emit({ n, claim: '', verdict: null });
  }

  protected edit(prompt: string): void {
    this.editing.set(false);
    this.asking.ask(prompt, null, this.post());
    this.focusAsked();
  }

  protected regenerate(model?: string): void {
    const { id } = this.post();
    this.asking.regenerate(this.post(), model, () => this.focusAgain(id));
    this.focusAsked();
  }

  protected continue(): void {
    this.asking.continue(this.post());
    this.focusAsked();
  }

  /** Where a post was refused and had the focus, the one whose place it took has it again. */
  private focusAgain(id: number): void {
    if (!document.activeElement?.matches('app-post-view')) return;
    const focus = (): void => focusSoon(() => document.querySelector(`#post-${String(id)}`));
    // This post is gone from the page meanwhile: its own injector is closed.
    afterNextRender(focus, { injector: this.injector });
  }

  /** What had the focus goes with this post: the one in its place takes it. */
  private focusAsked(): void {
    const focus = (): void =>
      focusSoon(() => document.querySelector('app-post-view:has([aria-busy="true"])'));
    afterNextRender(focus, { injector: this.injector });
  }

  protected copy(): boolean {
    return this.clipboard.copy(this.post().body);
  }

  /** The same thumb again takes the judgement back. */
  protected async rate(value: 1 | -1): Promise<void> {
    const before = this.rating();
    const after = before === value ? 0 : value;
    this.rating.set(after);
    try {
      await this.posts.rate(this.post().id, after);
    } catch (thrown) {
      this.rating.set(before);
      this.failures.show(thrown);
    }
  }

  /** Shows the version before or after this one, with all that follows from it. */
  protected async showSibling(step: 1 | -1): Promise<void> {
    const { siblings } = this.post();
    const sibling = siblings.ids[siblings.index + step];
    if (!sibling) return;
    try {
      await this.thread.showBranch(sibling);
      // This post is gone from the page by then: its own injector would be closed.
      afterNextRender(() => focusSoon(() => versionsOf(sibling, step)), {
        injector: this.injector,
      });
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }
}

/** Of the post that took the place, the button where one may step on. */
function versionsOf(postId: number, step: 1 | -1): HTMLElement | undefined {
  const [before, after] = document.querySelectorAll<HTMLButtonElement>(
    `#post-${String(postId)} app-versions button`,
  );
  const [wanted, other] = step === 1 ? [after, before] : [before, after];
  return wanted?.disabled ? other : wanted;
}

/** Rows come one a frame: what is to have the focus is waited for, unless somebody puts it elsewhere. */
function focusSoon(find: () => HTMLElement | null | undefined, frames = MOST_FRAMES): void {
  const found = find();
  const isElsewhere = !document.activeElement?.querySelector('app-anchored-list');
  if (found) found.focus({ preventScroll: true });
  else if (frames > 0 && !isElsewhere) requestAnimationFrame(() => focusSoon(find, frames - 1));
}
