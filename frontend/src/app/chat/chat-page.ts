import {
  Component,
  DestroyRef,
  type ElementRef,
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
import { Title } from '@angular/platform-browser';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { HistoryStore } from '../history/history-store';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { Skeleton } from '../ui/skeleton';
import { Asking } from './asking';
import { Composer } from './composer';
import { Greeting } from './greeting';
import { ModelsStore } from './models-store';
import { PostView } from './post-view';
import { SourcePanel } from './source-panel';
import type { ThreadPost } from './thread-post';
import { ThreadStore } from './thread-store';
import { conversationIdOf } from './thread.rules';

/** Within this many pixels of the end counts as being there. */
const AT_END = 48;
/** This near to the top the posts before are fetched. */
const NEAR_TOP = 600;

/** A conversation, or the empty page of a new one. */
@Component({
  selector: 'app-chat-page',
  imports: [Composer, Greeting, Icon, PostView, RouterLink, Skeleton, SourcePanel, TranslocoPipe],
  templateUrl: './chat-page.html',
  styleUrl: './chat-page.css',
})
export class ChatPage {
  private readonly injector = inject(Injector);
  private readonly title = inject(Title);
  private readonly languages = inject(LanguageStore);
  private readonly history = inject(HistoryStore);
  protected readonly thread = inject(ThreadStore);
  protected readonly asking = inject(Asking);
  protected readonly models = inject(ModelsStore);
  /** From the address: the conversation, absent for a new one. */
  readonly id = input<string>();
  /** From the address: the post a search found. */
  readonly post = input<string>();
  protected readonly following = signal(true);
  protected readonly announcement = signal('');
  protected readonly openSource = signal<{ readonly key: string; readonly n: number } | null>(null);
  protected readonly sourcePost = computed(() => {
    const key = this.openSource()?.key;
    return this.thread.posts().find((post) => post.key === key) ?? null;
  });
  private readonly scroller = viewChild<ElementRef<HTMLElement>>('scroller');
  private readonly content = viewChild<ElementRef<HTMLElement>>('content');

  constructor() {
    if (this.models.models() === null) void this.models.load();
    effect(() => {
      const id = this.id();
      untracked(() => void this.open(id === undefined ? null : conversationIdOf(id)));
    });
    effect(() => this.showTitle());
    effect(() => {
      const key = this.asking.lastFinished();
      afterNextRender(() => this.readOut(key), { injector: this.injector });
    });
    this.keepAtEnd();
    inject(DestroyRef).onDestroy(() => {
      this.asking.dismissRefusal();
      this.thread.leave();
    });
  }

  protected async restore(): Promise<void> {
    const id = this.thread.conversationId();
    if (id !== null && (await this.history.restore(id))) await this.thread.reload();
  }

  protected showSource(post: ThreadPost, n: number): void {
    this.openSource.set({ key: post.key, n });
  }

  protected heedScroll(): void {
    const element = this.scroller()?.nativeElement;
    if (!element) return;
    const below = element.scrollHeight - element.clientHeight - element.scrollTop;
    this.following.set(below <= AT_END);
    if (element.scrollTop < NEAR_TOP) void this.loadOlder(element);
  }

  protected goToEnd(): void {
    this.following.set(true);
    const element = this.scroller()?.nativeElement;
    element?.scrollTo({ top: element.scrollHeight });
  }

  private async open(id: number | null): Promise<void> {
    this.openSource.set(null);
    if (id !== this.thread.conversationId()) {
      this.following.set(true);
      this.asking.dismissRefusal();
    }
    await this.thread.open(id);
    const wanted = Number(this.post());
    if (wanted && id === this.thread.conversationId()) await this.goToPost(wanted);
  }

  /** Shows the post a search found, fetching older ones until it is there. */
  private async goToPost(id: number): Promise<void> {
    const isHere = (): boolean => this.thread.posts().some((post) => post.id === id);
    while (!isHere() && this.thread.hasOlder()) await this.thread.loadOlder();
    if (!isHere()) return;
    this.following.set(false);
    afterNextRender(
      () => document.getElementById(`post-${id}`)?.scrollIntoView({ block: 'start' }),
      { injector: this.injector },
    );
  }

  /** Older posts come in above without moving what is being read. */
  private async loadOlder(element: HTMLElement): Promise<void> {
    if (!this.thread.hasOlder() || this.thread.loadingOlder()) return;
    const fromEnd = element.scrollHeight - element.scrollTop;
    await this.thread.loadOlder();
    afterNextRender(() => (element.scrollTop = element.scrollHeight - fromEnd), {
      injector: this.injector,
    });
  }

  /** Whenever the thread grows and the person is at its end, they stay there. */
  private keepAtEnd(): void {
    const observer = new ResizeObserver(() => {
      if (this.following()) this.goToEnd();
    });
    effect((onCleanup) => {
      const content = this.content()?.nativeElement;
      const scroller = this.scroller()?.nativeElement;
      if (!content || !scroller) return;
      observer.observe(content);
      observer.observe(scroller);
      onCleanup(() => observer.disconnect());
    });
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }

  private showTitle(): void {
    const product = this.languages.text('product');
    const title = this.thread.conversation()?.title;
    this.title.setTitle(title ? `${title} · ${product}` : product);
  }

  /** A finished answer is read out once, as the text one sees. */
  private readOut(key: string): void {
    const answer = document.getElementById(`answer-${key}`);
    if (!answer) return;
    // Block by block, not innerText: that would lay a long answer out once more.
    const text = Array.from(answer.children, (block) => block.textContent).join('\n');
    this.announcement.set(`${this.languages.text('chat.answered')} ${text}`);
  }
}
