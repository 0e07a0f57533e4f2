import { Directive, effect, ElementRef, inject, input, TemplateRef } from '@angular/core';
import { MeasuredRows } from './measured-rows';

/** What a list may hold: anything that can be told apart. */
export interface ListItem {
  readonly key: string;
}

/** A row, and its top in pixels below the top of the scroller. */
export interface RowPlace {
  readonly key: string;
  readonly top: number;
}

/** A row in the page, and the emptiness before it, in pixels. */
export interface KeyedRow {
  readonly key: string;
  readonly gap: number;
}

/** Whether two lists of rows show the same. */
export function sameRows(a: readonly KeyedRow[], b: readonly KeyedRow[]): boolean {
  return (
    a.length === b.length && a.every(({ key, gap }, at) => b[at]?.key === key && b[at].gap === gap)
  );
}

/**
 * The rows with their places: the first one on the screen and those after it, then those before it,
 * the nearest first. None where no row is on the screen: nothing is seen that could stay where it is.
 */
export function seenFirst(
  rows: readonly (readonly [key: string, element: Element])[],
  { top, bottom }: DOMRect,
): readonly RowPlace[] {
  const boxes = rows.map(([key, element]) => ({ key, box: element.getBoundingClientRect() }));
  const first = boxes.findIndex(({ box }) => box.bottom > top + 1 && box.top < bottom);
  if (first < 0) return [];
  return [...boxes.slice(first), ...boxes.slice(0, first).reverse()].map(({ key, box }) => ({
    key,
    top: box.top - top,
  }));
}

interface ItemContext<Item> {
  readonly $implicit: Item;
  readonly index: number;
}

/** The template of an item: `let-item`, `let-index="index"`. */
@Directive({ selector: 'ng-template[appListItem]' })
export class ListItemTemplate<Item> {
  readonly template = inject<TemplateRef<ItemContext<Item>>>(TemplateRef);
  /** The same as the list's items: it tells the compiler what an item is. */
  readonly appListItem = input.required<readonly Item[]>();

  static ngTemplateContextGuard<Item>(
    _template: ListItemTemplate<Item>,
    _context: unknown,
  ): _context is ItemContext<Item> {
    return true;
  }
}

/** A row in the page: its height is known for as long as it is there. */
@Directive({ selector: '[appMeasuredRow]' })
export class MeasuredRow {
  readonly key = input.required<string>({ alias: 'appMeasuredRow' });

  constructor() {
    const rows = inject(MeasuredRows);
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    effect((onCleanup) => {
      const key = this.key();
      rows.add(key, element);
      onCleanup(() => rows.remove(key, element));
    });
  }
}
