import { Component, computed, inject, output, signal, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { hostOf } from '../markdown/harmless-markup';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { DocumentsStore } from './documents-store';

/** The longest address the server takes, in characters. */
const LONGEST = 2048;

/** Adds a page of the web by its address. */
@Component({
  selector: 'app-add-page',
  imports: [Dialog, Field, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'knowledge.addPage' | transloco"
      [byButtons]="true"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <form novalidate (submit)="$event.preventDefault(); add()">
        <app-field
          name="page-address"
          autocomplete="off"
          [label]="'knowledge.address' | transloco"
          [hint]="'knowledge.addressHint' | transloco"
          [maxLength]="longest"
          [error]="problem()"
          [(value)]="address"
        />
        <div class="decision">
          <button type="button" class="button" (click)="closed.emit()">
            {{ 'action.cancel' | transloco }}
          </button>
          <button type="submit" class="button primary" [disabled]="busy()">
            {{ 'knowledge.add' | transloco }}
          </button>
        </div>
      </form>
    </app-dialog>
  `,
  styleUrl: './knowledge-dialog.css',
})
export class AddPage {
  private readonly store = inject(DocumentsStore);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  readonly closed = output();
  protected readonly longest = LONGEST;
  protected readonly address = signal('');
  protected readonly busy = signal(false);
  private readonly refusal = signal('');
  private readonly tried = signal(false);
  /** As it is meant: people leave out the beginning. */
  private readonly url = computed(() => {
    const typed = this.address().trim();
    return /^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  });
  protected readonly problem = computed(() => {
    if (this.refusal()) return this.refusal();
    const wrong = this.tried() && !hostOf(this.url());
    return wrong ? this.languages.text('knowledge.problem-address') : '';
  });
  private readonly field = viewChild.required(Field);

  protected async add(): Promise<void> {
    this.tried.set(true);
    this.refusal.set('');
    if (this.problem()) return this.field().focus();
    this.busy.set(true);
    try {
      await this.store.addPage(this.url());
      this.closed.emit();
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
