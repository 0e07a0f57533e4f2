import { Directive, effect, ElementRef, inject, input, TemplateRef } from '@angular/core';
import { MeasuredRows } from './measured-rows';

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
