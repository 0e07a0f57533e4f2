import { NgTemplateOutlet } from '@angular/common';
import {
  ApplicationRef,
  Component,
  DestroyRef,
  ElementRef,
  computed,
  contentChild,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { type DrawnRow, drawnRows, seenStretch, topOf } from './drawn-rows.rules';
import {
  type KeyedRow,
  type ListItem,
  ListItemTemplate,
  MeasuredRow,
  type RowPlace,
  sameRows,
  seenFirst,
} from './list-item';
import { MeasuredRows } from './measured-rows';
import { RenderPace } from './render-pace';
import { ScrollAnchor } from './scroll-anchor';

/** Within this many pixels of the end counts as being there. */
const AT_END = 48;
/** This near to an edge, in pixels, more items are asked for. */
const NEAR_EDGE = 1200;

/**
 * A list of items of any height, of which only those near the screen are in the page. What is being
 * read stays where it is while items come, go and change above and below; at the end the list
 * follows what is added. An item may change its height at any time.
 */
@Component({
  selector: 'app-anchored-list',
  imports: [MeasuredRow, NgTemplateOutlet],
  providers: [MeasuredRows],
  host: { '(window:beforeprint)': 'drawAll()', '(window:afterprint)': 'drawFew()' },
  template: `
    @for (row of rows(); track row.item.key) {
      @if (row.gap > 0) {
        <div class="gap" [style.height.px]="row.gap"></div>
      }
      <div class="row" [appMeasuredRow]="row.item.key">
        <ng-container
          [ngTemplateOutlet]="itemTemplate().template"
          [ngTemplateOutletContext]="{ $implicit: row.item, index: row.index }"
        />
      </div>
    }
    @if (after() > 0) {
      <div class="gap" [style.height.px]="after()"></div>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .gap {
      overflow-anchor: none;
    }
    .row {
      /* A change in one row lays out and paints that row only. */
      contain: layout style;
    }
  `,
})
export class AnchoredList<Item extends ListItem> {
  private readonly application = inject(ApplicationRef);
  private readonly measured = inject(MeasuredRows);
  private readonly pace = inject(RenderPace);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** From the first to the last. */
  readonly items = input.required<readonly Item[]>();
  /** What scrolls; it may hold more than the list. */
  readonly scroller = input.required<HTMLElement>();
  /** Height of an item that has not been in the page yet, in pixels. */
  readonly estimate = input.required<(item: Item) => number>();
  /** False where the last item is not the end: there is nothing to follow. */
  readonly ends = input(true);
  /** The first items, or the last ones, are near: others may be wanted. Said again and again. */
  readonly nearStart = output();
  readonly nearEnd = output();
  protected readonly itemTemplate = contentChild.required<ListItemTemplate<Item>>(ListItemTemplate);
  private readonly follows = signal(true);
  private readonly drawn = signal<readonly KeyedRow[]>([]);
  protected readonly after = signal(0);
  private readonly indexOf = computed<ReadonlyMap<string, number>>(
    () => new Map(this.items().map(({ key }, index) => [key, index])),
  );
  protected readonly rows = computed(() =>
    this.drawn().flatMap(({ key, gap }) => {
      const index = this.indexOf().get(key) ?? -1;
      const item = this.items()[index];
      return item ? { item, index, gap } : [];
    }),
  );
  private readonly anchor = computed(() => new ScrollAnchor(this.scroller()));
  /** The item to go to, until it is in the page. */
  private target: RowPlace | null = null;
  /** The rows on the screen, the first one first, and some others beside them. */
  private seenRows: readonly RowPlace[] = [];
  private scrollTop = 0;
  private listTop = 0;
  private viewport = 0;
  private width = 0;
  private printing = false;
  /** The first row is made in a frame of its own, after all that is around the list. */
  private begun = false;

  /** True while the end is on the screen and stays there whatever is added. */
  readonly following = this.follows.asReadonly();

  constructor() {
    const observer = new ResizeObserver(() => this.heedSize());
    this.measured.changed = () => this.settle();
    effect((onCleanup) => {
      const scroller = this.scroller();
      const heed = (): void => this.heedScroll();
      scroller.addEventListener('scroll', heed, { passive: true });
      observer.observe(scroller);
      observer.observe(this.host);
      onCleanup(() => {
        scroller.removeEventListener('scroll', heed);
        observer.disconnect();
      });
    });
    effect(() => {
      this.items();
      // Where the last item is not the end there is nothing to follow.
      if (!this.ends()) untracked(() => this.unfollow());
      untracked(() => this.update());
    });
    inject(DestroyRef).onDestroy(() => this.pace.drop(this.drawMore));
  }

  /** Goes to the end and stays there. */
  goToEnd(): void {
    this.target = null;
    this.follows.set(true);
    this.update();
    this.settle();
  }

  /** Brings the top of an item to `top` pixels below the top of the scroller. */
  goTo(key: string, top: number): void {
    this.unfollow();
    this.target = { key, top };
    this.update();
    this.settle();
  }

  /** Nothing is remembered while the end is followed: what is seen from now on stays. */
  private unfollow(): void {
    if (!this.follows()) return;
    this.remember();
    this.follows.set(false);
  }

  /** The item at the top of the screen, and where its own top is: what `goTo` takes. */
  place(): RowPlace | null {
    this.remember();
    return this.seenRows[0] ?? null;
  }

  protected drawAll(): void {
    this.printing = true;
    this.begun = true;
    this.drawn.set(this.items().map(({ key }) => ({ key, gap: 0 })));
    this.after.set(0);
    // Paper does not wait for the next frame.
    this.application.tick();
  }

  protected drawFew(): void {
    this.printing = false;
    this.update();
  }

  private heedScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller();
    const wentUp = scrollTop < this.scrollTop - 1;
    const atEnd = scrollHeight - clientHeight - scrollTop <= AT_END;
    this.scrollTop = scrollTop;
    if (this.target) return;
    // What grew since the last frame leaves the end behind without anybody having scrolled.
    this.follows.update((follows) => this.ends() && (atEnd || (follows && !wentUp)));
    if (!this.follows()) {
      this.pace.heedMove();
      this.remember();
    }
    this.update();
  }

  private heedSize(): void {
    const { clientHeight, clientWidth } = this.scroller();
    this.viewport = clientHeight;
    if (this.width !== clientWidth) {
      // Lines break elsewhere: what is not in the page has another height now.
      if (this.width !== 0) this.measured.forgetAbsent();
      this.width = clientWidth;
    }
    this.settle();
  }

  /** Puts the scrolling right after something changed its height; before it is painted. */
  private settle(): void {
    const scroller = this.scroller();
    if (this.printing || this.viewport === 0) return;
    if (this.follows()) scroller.scrollTop = scroller.scrollHeight;
    else if (this.target) this.reach(this.target);
    // After a leap nothing was seen yet that could stay where it is: from now on something is.
    else if (!this.anchor().restore() || this.seenRows.length === 0) this.remember();
    this.scrollTop = scroller.scrollTop;
    this.listTop =
      this.host.getBoundingClientRect().top - scroller.getBoundingClientRect().top + this.scrollTop;
    this.update();
  }

  private reach({ key, top }: RowPlace): void {
    const element = this.measured.elementOf(key);
    if (!element) return;
    const scroller = this.scroller();
    scroller.scrollTop +=
      element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - top;
    this.target = null;
    this.remember();
  }

  private remember(): void {
    const elements = this.elements();
    this.anchor().remember(elements.map(([, element]) => element));
    this.seenRows = seenFirst(elements, this.scroller().getBoundingClientRect());
  }

  /** The rows in the page, in their order. */
  private elements(): [string, HTMLElement][] {
    return this.drawn().flatMap(({ key }): [string, HTMLElement][] => {
      const element = this.measured.elementOf(key);
      return element ? [[key, element]] : [];
    });
  }

  /** Draws what is near the screen, and what is a little further in the next frames. */
  private update(): void {
    if (this.printing) return;
    if (!this.begun) {
      this.pace.addRow(this.drawMore);
      return;
    }
    const items = this.items();
    const heights = this.measured.heightsOf(items, this.estimate());
    const indexOf = this.indexOf();
    const seen = seenStretch(heights, {
      // Before the first measure: a screen of a common size.
      viewport: this.viewport || 900,
      atEnd: this.follows(),
      places: this.target ? [this.target] : this.seenRows,
      indexOf,
      scrolled: this.scrollTop - this.listTop,
    });
    const { rows, after, complete } = drawnRows({
      heights,
      seen,
      drawn: new Set(this.drawn().flatMap(({ key }) => indexOf.get(key) ?? [])),
      kept: this.measured.inUse(indexOf),
      atEnd: this.follows(),
    });
    this.show(
      rows.flatMap(({ index, gap }: DrawnRow) => {
        const item = items[index];
        return item ? [{ key: item.key, gap }] : [];
      }),
      after,
    );
    if (!complete) this.pace.addRow(this.drawMore);
    if (items.length === 0) return;
    if (seen.from < NEAR_EDGE) this.nearStart.emit();
    if (topOf(heights, heights.length) - seen.to < NEAR_EDGE) this.nearEnd.emit();
  }

  private show(rows: readonly KeyedRow[], after: number): void {
    if (!sameRows(rows, this.drawn())) {
      this.drawn.set(rows);
      this.pace.heedRows();
    }
    this.after.set(after);
  }

  private readonly drawMore = (): void => {
    this.begun = true;
    this.update();
  };
}
