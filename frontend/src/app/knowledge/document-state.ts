import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { KnowledgeDocument } from '../api/knowledge-contract';
import { Figures } from '../i18n/figures';
import { Icon } from '../ui/icon';
import { isUnderWay } from './document.rules';

/** How far a document is: being read, ready, or why it could not be. */
@Component({
  selector: 'app-document-state',
  imports: [Icon, TranslocoPipe],
  host: { '[class.bad]': "document().status === 'failed'" },
  template: `
    @if (underWay()) {
      <span class="ring" aria-hidden="true"></span>
      <span>
        {{ 'knowledge.status-' + document().status | transloco }}
        @if (document().progress > 0) {
          <span class="share">{{ figures.percent(document().progress / 100) }}</span>
        }
      </span>
    } @else if (document().status === 'failed') {
      <app-icon name="circle-alert" />
      <span>{{ document().error?.message || ('knowledge.status-failed' | transloco) }}</span>
    } @else if (!quiet()) {
      <app-icon class="good" name="circle-check" />
      <span>{{ 'knowledge.status-ready' | transloco }}</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: baseline;
      gap: var(--s2);
      color: var(--ink-soft);
      font-size: var(--size-small);
      --icon-size: 0.9375rem;
    }
    app-icon {
      align-self: flex-start;
      margin-top: 0.15em;
    }
    :host(.bad) {
      color: var(--bad);
    }
    .good {
      color: var(--good);
    }
    .share {
      font-variant-numeric: tabular-nums;
    }
    .ring {
      align-self: center;
      flex: none;
      width: 0.75rem;
      height: 0.75rem;
      border: 2px solid var(--line);
      border-top-color: var(--accent);
      border-radius: 50%;
      animation: turn 0.9s linear infinite;
    }
    @keyframes turn {
      to {
        transform: rotate(1turn);
      }
    }
  `,
})
export class DocumentState {
  protected readonly figures = inject(Figures);
  readonly document = input.required<Pick<KnowledgeDocument, 'status' | 'progress' | 'error'>>();
  /** Says nothing of one that is ready. */
  readonly quiet = input(false);
  protected readonly underWay = computed(() => isUnderWay(this.document().status));
}
