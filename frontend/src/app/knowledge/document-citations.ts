import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { When } from '../i18n/when';
import { Skeleton } from '../ui/skeleton';
import { DocumentStore } from './document-store';

/** One's own questions whose answers stood on the document. */
@Component({
  selector: 'app-document-citations',
  imports: [RouterLink, Skeleton, TranslocoPipe, When],
  template: `
    @if (store.citations(); as citations) {
      <p class="quiet about">{{ 'knowledge.citedAbout' | transloco }}</p>
      @if (citations.length > 0) {
        <ul role="list" class="card">
          @for (one of citations; track one.postId) {
            <li>
              <a
                dir="auto"
                [routerLink]="['/c', one.conversationId]"
                [queryParams]="{ post: one.postId }"
                >{{ one.prompt }}</a
              >
              <p class="quiet">
                <span dir="auto">{{
                  one.conversationTitle || ('history.untitled' | transloco)
                }}</span>
                · <app-when [at]="one.createdAt" />
              </p>
            </li>
          }
        </ul>
        @if (store.citationsCursor()) {
          <button type="button" class="button plain" (click)="store.loadCitations()">
            {{ 'action.more' | transloco }}
          </button>
        }
      } @else {
        <p>{{ 'knowledge.citedNever' | transloco }}</p>
      }
    } @else {
      <app-skeleton [lines]="4" />
    }
  `,
  styles: `
    .about {
      margin-bottom: var(--s3);
      font-size: var(--size-small);
    }
    li {
      padding: var(--s3) var(--s4);
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    li a {
      display: -webkit-box;
      overflow: hidden;
      color: var(--ink);
      font-weight: 550;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      line-clamp: 2;
    }
    li .quiet {
      font-size: var(--size-small);
    }
  `,
})
export class DocumentCitations {
  protected readonly store = inject(DocumentStore);

  constructor() {
    if (!this.store.citations()) void this.store.loadCitations();
  }
}
