import { Component, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';

/** Where in its document a passage stands: its page, and the headings above it. */
@Component({
  selector: 'app-passage-place',
  imports: [TranslocoPipe],
  template: `
    @if (passage().page; as page) {
      <span>{{ 'knowledge.page' | transloco: { page } }}</span>
    }
    @if (passage().heading; as heading) {
      <span dir="auto">{{ heading }}</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    :host > span:not(:last-child)::after {
      content: '·';
      margin: 0 var(--s2);
    }
  `,
})
export class PassagePlace {
  readonly passage = input.required<{
    readonly page: number | null;
    readonly heading: string | null;
  }>();
}
