import {
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Collection } from '../api/knowledge-contract';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { CollectionsStore } from './collections-store';

/** The longest name and description the server takes, in characters. */
const LONGEST = { name: 120, description: 500 };

/** Makes a collection, or gives it another name. */
@Component({
  selector: 'app-collection-form',
  imports: [Dialog, Field, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="(collection() ? 'knowledge.change' : 'knowledge.new') | transloco"
      [byButtons]="true"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <form novalidate (submit)="$event.preventDefault(); save()">
        <app-field
          #nameField
          name="collection-name"
          autocomplete="off"
          [label]="'knowledge.name' | transloco"
          [hint]="'knowledge.nameHint' | transloco"
          [maxLength]="longest.name"
          [error]="nameProblem()"
          [(value)]="name"
        />
        <app-field
          name="collection-description"
          autocomplete="off"
          [label]="'knowledge.description' | transloco"
          [hint]="'knowledge.descriptionHint' | transloco"
          [maxLength]="longest.description"
          [(value)]="description"
        />
        @if (refusal(); as message) {
          <p class="refusal" role="alert">{{ message }}</p>
        }
        <div class="decision">
          <button type="button" class="button" (click)="closed.emit()">
            {{ 'action.cancel' | transloco }}
          </button>
          <button type="submit" class="button primary" [disabled]="busy()">
            {{ (collection() ? 'action.save' : 'knowledge.create') | transloco }}
          </button>
        </div>
      </form>
    </app-dialog>
  `,
  styleUrl: './knowledge-dialog.css',
})
export class CollectionForm {
  private readonly store = inject(CollectionsStore);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  /** The one to change; null for a new one. */
  readonly collection = input<Collection | null>(null);
  readonly saved = output<Collection>();
  readonly closed = output();
  protected readonly longest = LONGEST;
  protected readonly name = linkedSignal(() => this.collection()?.name ?? '');
  protected readonly description = linkedSignal(() => this.collection()?.description ?? '');
  protected readonly busy = signal(false);
  protected readonly refusal = signal('');
  private readonly tried = signal(false);
  protected readonly nameProblem = computed(() =>
    this.tried() && !this.name().trim() ? this.languages.text('knowledge.problem-name') : '',
  );
  private readonly nameField = viewChild.required<Field>('nameField');

  protected async save(): Promise<void> {
    this.tried.set(true);
    this.refusal.set('');
    if (this.nameProblem()) return this.nameField().focus();
    this.busy.set(true);
    const collection = this.collection();
    const wish = { name: this.name().trim(), description: this.description().trim() };
    try {
      this.saved.emit(
        await (collection ? this.store.change(collection.id, wish) : this.store.create(wish)),
      );
      this.closed.emit();
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
