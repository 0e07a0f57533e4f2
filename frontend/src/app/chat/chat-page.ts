import {
  ApplicationRef,
  Component,
  DestroyRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Title } from '@angular/platform-browser';
import { NavigationStart, Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { HistoryStore } from '../history/history-store';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import type { CitedClaim } from '../markdown/citations';
import { DropArea } from '../knowledge/drop-area';
import { AnchoredList } from '../ui/anchored-list';
import { Icon } from '../ui/icon';
import { InTurn } from '../ui/in-turn';
import { ListItemTemplate } from '../ui/list-item';
import { Skeleton } from '../ui/skeleton';
import { Asking } from './asking';
import { Composer } from './composer';
import { FindBar } from './find/find-bar';
import { Greeting } from './greeting';
import { ModelsStore } from './models-store';
import { estimatedHeight } from './post-height.rules';
import { PostView } from './post-view';
import { endedByRail, railMessages } from './rail-notes.rules';
import { type ReadingPlace, ReadingPlaces } from './reading-places';
import { SourcePanel } from './sources/source-panel';
import type { ThreadPost } from './thread-post';
import { ThreadStore } from './thread-store';
import { conversationIdOf } from './thread.rules';

/** A post one goes to stands this far below the top, in pixels. */
const BELOW_TOP = 16;
/** And below the box that finds, which covers the top. */
const BELOW_FIND = 72;

/** A conversation, or the empty page of a new one. */
@Component({
  selector: 'app-chat-page',
  imports: [
    AnchoredList,
    Composer,
    DropArea,
    FindBar,
    Greeting,
    Icon,
    InTurn,
    ListItemTemplate,
    PostView,
    RouterLink,
    Skeleton,
    SourcePanel,
    TranslocoPipe,
  ],
  host: { '(document:keydown)': 'heedFindKey($event)' },
  templateUrl: './chat-page.html',
  styleUrl: './chat-page.css',
})
export class ChatPage {
  private readonly application = inject(ApplicationRef);
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  private readonly title = inject(Title);
  private readonly languages = inject(LanguageStore);
  private readonly failures = inject(FailureTexts);
  private readonly history = inject(HistoryStore);
  private readonly places = inject(ReadingPlaces);
  protected readonly thread = inject(ThreadStore);
  protected readonly asking = inject(Asking);
  protected readonly models = inject(ModelsStore);
  /** From the address: the conversation, absent for a new one. */
  readonly id = input<string>();
  /** From the address: the post a search found. */
  readonly post = input<string>();
  private readonly list = viewChild<AnchoredList<ThreadPost>>(AnchoredList);
  protected readonly following = computed(() => this.list()?.following() ?? true);
  protected readonly announcement = signal('');
  protected readonly openSource = signal<{
    readonly key: string;
    readonly cited: CitedClaim;
  } | null>(null);
  protected readonly sourcePost = computed(() => {
    const key = this.openSource()?.key;
    return this.thread.held().find((post) => post.key === key) ?? null;
  });
  protected readonly estimate = estimatedHeight;
  protected readonly finding = signal(false);
  private readonly findBar = viewChild(FindBar);
  protected readonly composer = viewChild(Composer);
  /** Where one was before finding; null is the end. */
  private beforeFinding: ReadingPlace | null = null;
  private focusBefore: HTMLElement | null = null;
  private sourceOpener: HTMLElement | null = null;

  constructor() {
    if (this.models.models() === null) void this.models.load();
    effect(() => {
      const id = this.id();
      const post = Number(this.post()) || null;
      untracked(() => void this.open(id === undefined ? null : conversationIdOf(id), post));
    });
    effect(() => this.showTitle());
    effect(() => {
      const key = this.asking.lastFinished();
      afterNextRender(() => this.readOut(key), { injector: this.injector });
    });
    this.router.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      if (event instanceof NavigationStart) this.keepPlace();
    });
    inject(DestroyRef).onDestroy(() => {
      this.asking.dismissRefusal();
      this.thread.leave();
    });
  }

  protected async restore(): Promise<void> {
    const id = this.thread.conversationId();
    if (id !== null && (await this.history.restore(id))) await this.thread.reload();
  }

  protected showSource(post: ThreadPost, cited: CitedClaim): void {
    const { activeElement } = document;
    this.sourceOpener = activeElement instanceof HTMLElement ? activeElement : null;
    this.openSource.set({ key: post.key, cited });
  }

  /** The focus goes back to the number that opened them. */
  protected closeSources(): void {
    this.openSource.set(null);
    this.sourceOpener?.focus({ preventScroll: true });
  }

  /** Reads the posts before or after those shown; after a failure only when asked to. */
  protected readOn(direction: 'older' | 'newer'): void {
    if (this.thread[direction]() !== 'idle') return;
    void (direction === 'older' ? this.thread.loadOlder() : this.thread.loadNewer());
  }

  protected goToEnd(): void {
    this.thread.showEnd();
    // The posts of the end are drawn first.
    afterNextRender(() => this.list()?.goToEnd(), { injector: this.injector });
  }

  /** Finds in the conversation; pressed again in the box, the browser's own finding opens. */
  protected heedFindKey(event: KeyboardEvent): void {
    const command = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!command || event.key.toLowerCase() !== 'f' || this.thread.state() !== 'ready') return;
    const box = document.activeElement?.closest('app-find-bar');
    if (box) return;
    event.preventDefault();
    this.find();
  }

  /** What was asked is at the end: the address no longer names the post a search found. */
  protected goToAsked(): void {
    // Nor does the box that finds lead back from there.
    this.beforeFinding = null;
    this.goToEnd();
    if (this.post()) void this.router.navigate([], { queryParams: {}, replaceUrl: true });
  }

  /** At once: the browser's own gliding would end at the first post whose height was estimated. */
  protected heedEdgeKey(event: Event): void {
    if (event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    const [first] = this.thread.posts();
    if (event instanceof KeyboardEvent && event.key === 'End') this.goToEnd();
    else if (first) this.list()?.goTo(first.key, BELOW_TOP);
  }

  /** Opens the box that finds, or goes to it. */
  protected find(): void {
    if (this.finding()) {
      this.findBar()?.focus();
      return;
    }
    const { activeElement } = document;
    this.focusBefore = activeElement instanceof HTMLElement ? activeElement : null;
    this.beforeFinding = this.readingPlace();
    this.finding.set(true);
    // At once: the next key may be the first letter of what is sought.
    this.application.tick();
  }

  protected async showFound(postId: number): Promise<void> {
    if (await this.thread.show(postId)) this.goTo({ postId, top: BELOW_FIND });
  }

  /** The line that matches, in the upper half of the screen. */
  protected showMatch(range: Range, scroller: HTMLElement): void {
    const box = scroller.getBoundingClientRect();
    const { top, bottom } = range.getBoundingClientRect();
    if (top < box.top + BELOW_FIND || bottom > box.bottom) {
      scroller.scrollTop += top - box.top - box.height / 3;
    }
  }

  /** Goes back to where one was, with the focus too. */
  protected async endFinding(scroller: HTMLElement): Promise<void> {
    const place = this.beforeFinding;
    const before = this.focusBefore;
    this.finding.set(false);
    const isThere = before?.isConnected && before !== document.body;
    (isThere ? before : scroller).focus({ preventScroll: true });
    if (!place) this.goToEnd();
    else if (await this.thread.show(place.postId)) this.goTo(place);
  }

  /** Shows the branch on which a post is that was asked for, and the post. */
  protected async showVersion(postId: number): Promise<void> {
    try {
      await this.thread.showBranch(postId);
      this.goTo({ postId, top: BELOW_TOP });
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }

  private async open(id: number | null, post: number | null): Promise<void> {
    const isOther = id !== this.thread.conversationId();
    const back = id !== null && isOther && this.wentBack() ? this.places.of(id) : null;
    const wanted = back ?? (post === null ? null : { postId: post, top: BELOW_TOP });
    if (isOther) {
      this.finding.set(false);
      this.openSource.set(null);
      this.asking.dismissRefusal();
    }
    await this.thread.open(id, wanted?.postId);
    if (!wanted || id !== this.thread.conversationId()) return;
    if (isOther || (await this.thread.show(wanted.postId))) this.goTo(wanted);
  }

  private goTo({ postId, top }: ReadingPlace): void {
    const key = this.thread.posts().find((post) => post.id === postId)?.key;
    if (key === undefined) return;
    afterNextRender(() => this.list()?.goTo(key, top), { injector: this.injector });
  }

  private wentBack(): boolean {
    const navigation = this.router.currentNavigation() ?? this.router.lastSuccessfulNavigation();
    return navigation?.trigger === 'popstate';
  }

  private keepPlace(): void {
    const id = this.thread.conversationId();
    if (id !== null && this.list()) this.places.keep(id, this.readingPlace());
  }

  /** Null at the end. */
  private readingPlace(): ReadingPlace | null {
    const list = this.list();
    const place = list && !list.following() ? list.place() : null;
    const post = this.thread.posts().find(({ key }) => key === place?.key);
    return place && post?.id ? { postId: post.id, top: place.top } : null;
  }

  private showTitle(): void {
    const product = this.languages.text('product');
    const title = this.thread.conversation()?.title;
    this.title.setTitle(title ? `${title} · ${product}` : product);
  }

  /** A finished answer is read out once, as the text one sees. */
  private readOut(key: string): void {
    if (!key) return;
    const shown = document.getElementById(`answer-${key}`);
    // Block by block, not innerText: that would lay a long answer out once more.
    const text = Array.from(shown?.children ?? [], (block) => block.textContent).join('\n');
    const post = this.thread.held().find((one) => one.key === key);
    const rails = post ? [endedByRail(post), ...railMessages(post)] : [];
    const answer = text && `${this.languages.text('chat.answered')} ${text}`;
    this.announcement.set([answer, ...rails].filter(Boolean).join('\n'));
  }
}
