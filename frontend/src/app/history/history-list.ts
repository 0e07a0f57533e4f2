import {
  Component,
  DestroyRef,
  type ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  signal,
  viewChild,
  viewChildren,
} from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Conversation } from '../api/contract';
import { LanguageStore } from '../i18n/language-store';
import { Skeleton } from '../ui/skeleton';
import { rowWindow } from '../ui/window.rules';
import { HistoryItem } from './history-item';
import { HistoryStore } from './history-store';
import type { HistoryGroup } from './history.rules';

/** Rows left below the window when the next page is fetched. */
const AHEAD = 20;

/** The conversations under their headings. Only the rows near the window exist in the page. */
@Component({
  selector: 'app-history-list',
  imports: [HistoryItem, Skeleton, TranslocoPipe],
  templateUrl: './history-list.html',
  styleUrl: './history-list.css',
})
export class HistoryList {
  private readonly router = inject(Router);
  private readonly languages = inject(LanguageStore);
  protected readonly store = inject(HistoryStore);
  private readonly injector = inject(Injector);
  private readonly items = viewChildren(HistoryItem);
  private readonly viewport = viewChild.required<ElementRef<HTMLElement>>('viewport');
  private readonly scrollTop = signal(0);
  private readonly height = signal(800);
  /** Set by history-list.css: taller where one points with a finger. */
  protected readonly rowHeight = signal(36);
  protected readonly window = computed(() =>
    rowWindow(this.scrollTop(), this.height(), this.rowHeight(), this.store.rows().length),
  );
  protected readonly visible = computed(() =>
    this.store.rows().slice(this.window().first, this.window().end),
  );

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const element = this.viewport().nativeElement;
      const observer = new ResizeObserver(() => this.measure());
      observer.observe(element);
      destroyed.onDestroy(() => observer.disconnect());
    });
    effect(() => {
      if (this.window().end + AHEAD >= this.store.rows().length && this.store.hasMore()) {
        void this.store.loadMore();
      }
    });
  }

  protected follow(): void {
    this.scrollTop.set(this.viewport().nativeElement.scrollTop);
  }

  protected heading(group: HistoryGroup): string {
    if (group.kind !== 'month') return this.languages.text(`history.${group.kind}`);
    const month = new Date(group.year, group.month, 1);
    const year = group.year === new Date().getFullYear() ? undefined : 'numeric';
    const language = this.languages.language();
    const name = new Intl.DateTimeFormat(language, { month: 'long', year }).format(month);
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  }

  protected async pin({ id }: Conversation, pinned: boolean): Promise<void> {
    if (await this.store.pin(id, pinned)) this.keepFocus(id);
  }

  protected async remove(conversation: Conversation): Promise<void> {
    const [path] = this.router.url.split('?');
    const isOpen = path === `/c/${conversation.id}`;
    const known = this.store.conversations();
    const at = known.findIndex(({ id }) => id === conversation.id);
    const beside = known[at + 1] ?? known[at - 1];
    if (!(await this.store.remove(conversation))) return;
    if (isOpen) await this.router.navigateByUrl('/');
    else this.keepFocus(beside?.id);
  }

  /** A row that moved or went took the focus along: it goes to the conversation `id`. */
  private keepFocus(id: number | undefined): void {
    const focus = (): void => {
      if (document.activeElement !== document.body) return;
      this.items()
        .find((item) => item.conversation().id === id)
        ?.focusLink();
    };
    afterNextRender(focus, { injector: this.injector });
  }

  private measure(): void {
    const element = this.viewport().nativeElement;
    this.height.set(element.clientHeight);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const rows = parseFloat(getComputedStyle(element).getPropertyValue('--row'));
    this.rowHeight.set(Math.max(24, rows * rem) || 36);
  }
}
