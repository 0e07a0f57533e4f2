import { DestroyRef, Directive, inject, TemplateRef, ViewContainerRef } from '@angular/core';
import { RenderPace } from './render-pace';

/**
 * Makes a part of a page in a frame of its own, after those that were asked for before it: a page
 * whose parts are all made at once holds up its first frame.
 */
@Directive({ selector: '[appInTurn]' })
export class InTurn {
  constructor() {
    const pace = inject(RenderPace);
    const template = inject<TemplateRef<object>>(TemplateRef);
    const place = inject(ViewContainerRef);
    const make = (): void => void place.createEmbeddedView(template);
    pace.addRow(make);
    inject(DestroyRef).onDestroy(() => pace.drop(make));
  }
}
