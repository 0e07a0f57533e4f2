import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { KnowledgeDocument } from '../api/knowledge-contract';
import { Icon } from '../ui/icon';
import { iconOf } from './document.rules';
import { DocumentFacts } from './document-facts';
import { DocumentState } from './document-state';

/** A document in a list. */
@Component({
  selector: 'app-document-row',
  imports: [DocumentFacts, DocumentState, Icon, RouterLink, TranslocoPipe],
  template: `
    @let one = document();
    @if (mayChange()) {
      <input
        #box
        type="checkbox"
        [checked]="selected()"
        [attr.aria-label]="'knowledge.select' | transloco: { name: one.title }"
        (change)="ticked.emit(box.checked)"
      />
    }
    <app-icon class="sign" [name]="icon()" />
    <div class="what">
      <a class="name" dir="auto" [routerLink]="['/knowledge/documents', one.id]">{{ one.title }}</a>
      <app-document-facts [document]="one" />
      <app-document-state [document]="one" [quiet]="true" />
      @if (one.status === 'failed' && one.version) {
        <span class="quiet">{{ 'knowledge.olderFound' | transloco }}</span>
      }
    </div>
    @if (mayChange()) {
      @if (one.status === 'failed') {
        <button
          type="button"
          class="icon-button"
          [title]="'knowledge.readAgain' | transloco"
          [attr.aria-label]="'knowledge.readAgainOf' | transloco: { name: one.title }"
          (click)="retried.emit()"
        >
          <app-icon name="refresh-cw" />
        </button>
      }
      <button
        type="button"
        class="icon-button"
        [title]="'action.delete' | transloco"
        [attr.aria-label]="'knowledge.deleteOf' | transloco: { name: one.title }"
        (click)="removed.emit()"
      >
        <app-icon name="trash" />
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: flex-start;
      gap: var(--s3);
      padding: var(--s3) var(--s3) var(--s3) var(--s4);
    }
    input {
      margin-top: 0.3rem;
    }
    .sign {
      margin-top: 0.15rem;
      color: var(--ink-soft);
    }
    .what {
      display: flex;
      flex: 1;
      flex-direction: column;
      gap: 2px;
      min-width: 0;
    }
    .name {
      align-self: flex-start;
      color: var(--ink);
      font-weight: 550;
      text-decoration: none;
    }
    .name:hover {
      text-decoration: underline;
    }
    .quiet {
      font-size: var(--size-small);
    }
    app-document-state:empty {
      display: none;
    }
  `,
})
export class DocumentRow {
  readonly document = input.required<KnowledgeDocument>();
  readonly mayChange = input.required<boolean>();
  readonly selected = input.required<boolean>();
  readonly ticked = output<boolean>();
  readonly retried = output();
  readonly removed = output();
  protected readonly icon = computed(() => iconOf(this.document()));
}
