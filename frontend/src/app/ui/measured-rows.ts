import { DestroyRef, ElementRef, inject, Injectable } from '@angular/core';

/** The rows of a list that are in the page, and the heights of all that ever were. */
@Injectable()
export class MeasuredRows {
  private readonly list = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly elements = new Map<string, HTMLElement>();
  private readonly keys = new WeakMap<Element, string>();
  private readonly heights = new Map<string, number>();
  private readonly observer = new ResizeObserver((entries) => this.measure(entries));
  /** What `heightsOf` said, for as long as no height changes. */
  private said: {
    readonly items: readonly unknown[];
    readonly heights: readonly number[];
  } | null = null;
  /** Called once for all rows that have another height than before, before they are painted. */
  changed: () => void = () => undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.observer.disconnect());
  }

  add(key: string, element: HTMLElement): void {
    this.elements.set(key, element);
    this.keys.set(element, key);
    this.observer.observe(element);
  }

  remove(key: string, element: HTMLElement): void {
    this.observer.unobserve(element);
    if (this.elements.get(key) === element) this.elements.delete(key);
  }

  elementOf(key: string): HTMLElement | undefined {
    return this.elements.get(key);
  }

  /** In pixels, of each item: as measured, or estimated for one that was never in the page. */
  heightsOf<Item extends { readonly key: string }>(
    items: readonly Item[],
    estimate: (item: Item) => number,
  ): readonly number[] {
    if (this.said?.items !== items) {
      const heights = items.map((item) => this.heights.get(item.key) ?? estimate(item));
      this.said = { items, heights };
    }
    return this.said.heights;
  }

  /** The rows that must not go: the one that has the focus, and those in which text is selected. */
  inUse(indexOf: ReadonlyMap<string, number>): ReadonlySet<number> {
    const indexAt = (node: Node | null): number | undefined => {
      const key = node && this.keyAt(node);
      return key === null ? undefined : indexOf.get(key);
    };
    const focused = indexAt(document.activeElement);
    const kept = new Set(focused === undefined ? [] : [focused]);
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return kept;
    const [a, b] = [indexAt(selection.anchorNode), indexAt(selection.focusNode)];
    if (a === undefined || b === undefined) return kept;
    for (let index = Math.min(a, b); index <= Math.max(a, b); index++) kept.add(index);
    return kept;
  }

  /** The row that a node is in. */
  private keyAt(node: Node): string | null {
    if (!this.list.contains(node)) return null;
    for (let element: Node | null = node; element; element = element.parentNode) {
      const key = element instanceof Element ? this.keys.get(element) : undefined;
      if (key !== undefined) return key;
    }
    return null;
  }

  /** Forgets the heights of rows that are not in the page. */
  forgetAbsent(): void {
    for (const key of this.heights.keys()) if (!this.elements.has(key)) this.heights.delete(key);
    this.said = null;
  }

  private measure(entries: readonly ResizeObserverEntry[]): void {
    let changed = false;
    for (const { target, borderBoxSize } of entries) {
      const key = this.keys.get(target);
      const height = borderBoxSize[0]?.blockSize ?? 0;
      // 0 is a page that is not shown: nothing can be said about it.
      if (key === undefined || height === 0 || !target.isConnected) continue;
      if (this.heights.get(key) === height) continue;
      this.heights.set(key, height);
      changed = true;
    }
    if (!changed) return;
    this.said = null;
    this.changed();
  }
}
