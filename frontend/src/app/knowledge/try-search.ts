import { Component, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { CollectionsApi } from '../api/collections-api';
import type { Collection, FoundPassage } from '../api/knowledge-contract';
import { FailureTexts } from '../i18n/failure-texts';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { Skeleton } from '../ui/skeleton';
import { PassagePlace } from './passage-place';

/** Shows what an answer would be given to stand on, without asking a model. */
@Component({
  selector: 'app-try-search',
  imports: [Dialog, Icon, PassagePlace, RouterLink, Skeleton, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'knowledge.try' | transloco"
      [wide]="true"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <form role="search" (submit)="$event.preventDefault(); search(box.value)">
        <input
          #box
          class="input"
          type="search"
          [attr.aria-label]="'knowledge.tryLabel' | transloco"
          [placeholder]="'knowledge.tryLabel' | transloco"
        />
        <button type="submit" class="button primary">
          <app-icon name="search" />
          {{ 'knowledge.tryDo' | transloco }}
        </button>
      </form>
      <p class="quiet about">
        @if (collection(); as one) {
          {{ 'knowledge.tryIn' | transloco: { name: one.name } }}
        } @else {
          {{ 'knowledge.tryAbout' | transloco }}
        }
      </p>
      <div aria-live="polite">
        @if (busy()) {
          <app-skeleton [lines]="4" />
        } @else if (failure()) {
          <p class="note bad">{{ failure() }}</p>
        } @else if (found(); as passages) {
          <ol role="list">
            @for (passage of passages; track $index) {
              <li>
                <a
                  dir="auto"
                  [routerLink]="['/knowledge/documents', passage.documentId]"
                  [queryParams]="{ passage: passage.n }"
                  >{{ passage.title }}</a
                >
                <app-passage-place [passage]="passage" />
                <p dir="auto" class="text">{{ passage.text }}</p>
              </li>
            } @empty {
              <li class="quiet">{{ 'knowledge.tryNothing' | transloco }}</li>
            }
          </ol>
        }
      </div>
    </app-dialog>
  `,
  styles: `
    form {
      display: flex;
      gap: var(--s2);
    }
    .about {
      margin: var(--s2) 0 var(--s4);
      font-size: var(--size-small);
    }
    li {
      padding: var(--s3) 0;
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    li a {
      font-weight: 600;
    }
    .text {
      display: -webkit-box;
      margin-top: var(--s1);
      overflow: hidden;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 5;
      line-clamp: 5;
      white-space: pre-line;
    }
  `,
})
export class TrySearch {
  private readonly api = inject(CollectionsApi);
  private readonly failures = inject(FailureTexts);
  /** The one to search in; null: all. */
  readonly collection = input<Collection | null>(null);
  readonly closed = output();
  protected readonly busy = signal(false);
  protected readonly failure = signal('');
  /** Null until something was looked for. */
  protected readonly found = signal<readonly FoundPassage[] | null>(null);

  protected async search(text: string): Promise<void> {
    const q = text.trim();
    if (!q || this.busy()) return;
    this.busy.set(true);
    this.failure.set('');
    const collection = this.collection();
    try {
      this.found.set(await this.api.search(q, collection && [collection.id]));
    } catch (thrown) {
      this.failure.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
