import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Collection, KnowledgeDocument } from '../api/knowledge-contract';
import { Dialog } from '../ui/dialog';
import { PageState } from '../ui/page-state';
import { CollectionsStore } from './collections-store';
import { DocumentActs } from './document-acts';

/** Puts documents in another collection. */
@Component({
  selector: 'app-move-documents',
  imports: [Dialog, PageState, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'knowledge.moveTitle' | transloco"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <app-page-state
        [state]="store.state()"
        [failure]="store.failure()"
        [lines]="4"
        (retried)="store.load()"
      />
      @if (store.state() === 'ready') {
        <form (submit)="$event.preventDefault(); move()">
          @if (places().length > 0) {
            <fieldset>
              <legend class="visually-hidden">{{ 'knowledge.moveTitle' | transloco }}</legend>
              @for (collection of places(); track collection.id) {
                <label>
                  <input
                    type="radio"
                    name="collection"
                    [checked]="chosen() === collection"
                    (change)="chosen.set(collection)"
                  />
                  <span dir="auto">{{ collection.name }}</span>
                </label>
              }
            </fieldset>
          } @else {
            <p class="quiet">{{ 'knowledge.moveNowhere' | transloco }}</p>
          }
          <div class="decision">
            <button type="button" class="button" (click)="closed.emit()">
              {{ 'action.cancel' | transloco }}
            </button>
            <button type="submit" class="button primary" [disabled]="!chosen() || busy()">
              {{ 'knowledge.move' | transloco }}
            </button>
          </div>
        </form>
      }
    </app-dialog>
  `,
  styleUrl: './knowledge-dialog.css',
  styles: `
    label {
      display: flex;
      align-items: center;
      gap: var(--s3);
      min-height: 2.25rem;
    }
  `,
})
export class MoveDocuments {
  private readonly acts = inject(DocumentActs);
  protected readonly store = inject(CollectionsStore);
  readonly documents = input.required<readonly KnowledgeDocument[]>();
  /** The ids of those that are elsewhere now. */
  readonly moved = output<readonly number[]>();
  readonly closed = output();
  protected readonly chosen = signal<Collection | null>(null);
  protected readonly busy = signal(false);
  /** Where none of them is yet. */
  protected readonly places = computed(() =>
    this.store
      .changeable()
      .filter(({ id }) => this.documents().some(({ collectionId }) => collectionId !== id)),
  );

  constructor() {
    void this.store.load();
  }

  protected async move(): Promise<void> {
    const to = this.chosen();
    if (!to || this.busy()) return;
    this.busy.set(true);
    this.moved.emit(await this.acts.move(this.documents(), to));
    this.closed.emit();
  }
}
