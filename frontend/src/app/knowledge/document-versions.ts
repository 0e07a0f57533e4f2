import { Component, inject, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Figures } from '../i18n/figures';
import { When } from '../i18n/when';
import { Skeleton } from '../ui/skeleton';
import { DocumentState } from './document-state';
import { DocumentStore } from './document-store';

/** What a document was made of over time, newest first. */
@Component({
  selector: 'app-document-versions',
  imports: [DocumentState, Skeleton, TranslocoPipe, When],
  template: `
    @if (store.versions(); as versions) {
      <ul role="list" class="card">
        @for (version of versions; track version.id) {
          <li>
            <div class="what">
              <strong>{{ 'knowledge.version' | transloco: { n: version.n } }}</strong>
              @if (version.found) {
                <span class="tag">{{ 'knowledge.found' | transloco }}</span>
              }
              <p class="quiet">
                <span dir="auto">{{ version.fileName }}</span> · {{ figures.size(version.bytes) }} ·
                <app-when [at]="version.createdAt" />
              </p>
              <app-document-state [document]="version" [quiet]="true" />
            </div>
            @if (version.status === 'ready') {
              <button type="button" class="button small" (click)="shown.emit(version.id)">
                {{ 'knowledge.seeText' | transloco }}
              </button>
            }
          </li>
        }
      </ul>
    } @else {
      <app-skeleton [lines]="4" />
    }
  `,
  styles: `
    li {
      display: flex;
      align-items: flex-start;
      gap: var(--s3);
      padding: var(--s3) var(--s4);
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    .what {
      flex: 1;
      min-width: 0;
    }
    .tag {
      margin-inline-start: var(--s2);
    }
    .quiet {
      font-size: var(--size-small);
    }
  `,
})
export class DocumentVersions {
  protected readonly store = inject(DocumentStore);
  protected readonly figures = inject(Figures);
  /** The text of the version with that id is wanted. */
  readonly shown = output<number>();

  constructor() {
    void this.store.loadVersions();
  }
}
