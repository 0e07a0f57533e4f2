import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { KnowledgeDocument } from '../api/knowledge-contract';
import { Figures } from '../i18n/figures';
import { When } from '../i18n/when';
import { hostOf } from '../markdown/harmless-markup';
import { sortOf } from './document.rules';

/** What can be said of a document in a line: its sort, size, pages, and when it was changed. */
@Component({
  selector: 'app-document-facts',
  imports: [TranslocoPipe, When],
  template: `
    <span>{{ 'knowledge.sort-' + sort() | transloco }}</span>
    @if (host(); as host) {
      <span>{{ host }}</span>
    }
    @if (document().bytes > 0) {
      <span>{{ figures.size(document().bytes) }}</span>
    }
    @if (document().pages; as pages) {
      <span>{{
        'knowledge.pages-' + figures.plural(pages) | transloco: { count: figures.count(pages) }
      }}</span>
    }
    <span><app-when [at]="document().updatedAt" /></span>
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
export class DocumentFacts {
  protected readonly figures = inject(Figures);
  readonly document = input.required<KnowledgeDocument>();
  protected readonly sort = computed(() => sortOf(this.document()));
  protected readonly host = computed(() => hostOf(this.document().url ?? ''));
}
