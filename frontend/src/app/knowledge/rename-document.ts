import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { DocumentStore } from './document-store';

/** The longest title the server takes, in characters. */
const LONGEST = 255;

/** Gives a document another name; its text stays. */
@Component({
  selector: 'app-rename-document',
  imports: [Dialog, Field, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'action.rename' | transloco"
      [byButtons]="true"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <form novalidate (submit)="$event.preventDefault(); save()">
        <app-field
          name="document-title"
          autocomplete="off"
          [label]="'knowledge.textTitle' | transloco"
          [maxLength]="longest"
          [error]="problem()"
          [(value)]="typed"
        />
        <div class="decision">
          <button type="button" class="button" (click)="closed.emit()">
            {{ 'action.cancel' | transloco }}
          </button>
          <button type="submit" class="button primary" [disabled]="busy()">
            {{ 'action.save' | transloco }}
          </button>
        </div>
      </form>
    </app-dialog>
  `,
  styleUrl: './knowledge-dialog.css',
})
export class RenameDocument {
  private readonly store = inject(DocumentStore);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  readonly title = input.required<string>();
  readonly closed = output();
  protected readonly longest = LONGEST;
  protected readonly typed = linkedSignal(() => this.title());
  protected readonly busy = signal(false);
  private readonly refusal = signal('');
  private readonly tried = signal(false);
  protected readonly problem = computed(() => {
    if (this.refusal()) return this.refusal();
    const wrong = this.tried() && !this.typed().trim();
    return wrong ? this.languages.text('knowledge.problem-title') : '';
  });

  protected async save(): Promise<void> {
    this.tried.set(true);
    this.refusal.set('');
    if (this.problem()) return;
    this.busy.set(true);
    try {
      await this.store.rename(this.typed().trim());
      this.closed.emit();
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
