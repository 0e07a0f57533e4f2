import { Component, computed, inject, output, signal, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { FailureTexts } from '../i18n/failure-texts';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { TextArea } from '../ui/text-area';
import { DocumentsStore } from './documents-store';

/** Longest title and text the server takes, in characters. */
const LONGEST = { title: 255, text: 1_000_000 };

/** Adds a text that was copied from elsewhere. */
@Component({
  selector: 'app-add-text',
  imports: [Dialog, Field, TextArea, TranslocoPipe],
  template: `
    <app-dialog
      [heading]="'knowledge.addText' | transloco"
      [wide]="true"
      [byButtons]="true"
      [closeLabel]="'action.close' | transloco"
      (closed)="closed.emit()"
    >
      <form novalidate (submit)="$event.preventDefault(); add()">
        <app-field
          name="text-title"
          autocomplete="off"
          [label]="'knowledge.textTitle' | transloco"
          [hint]="'knowledge.textTitleHint' | transloco"
          [maxLength]="longest.title"
          [error]="titleProblem()"
          [(value)]="title"
        />
        <app-text-area
          name="text-body"
          [label]="'knowledge.text' | transloco"
          [rows]="10"
          [most]="longest.text"
          [counter]="counter()"
          [error]="textProblem()"
          [(value)]="text"
        />
        @if (refusal(); as message) {
          <p class="refusal" role="alert">{{ message }}</p>
        }
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
export class AddText {
  private readonly store = inject(DocumentsStore);
  private readonly failures = inject(FailureTexts);
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);
  readonly closed = output();
  protected readonly longest = LONGEST;
  protected readonly title = signal('');
  protected readonly text = signal('');
  protected readonly busy = signal(false);
  protected readonly refusal = signal('');
  private readonly tried = signal(false);
  protected readonly counter = computed(
    () => `${this.figures.count(this.text().length)} / ${this.figures.count(LONGEST.text)}`,
  );
  protected readonly titleProblem = computed(() =>
    this.tried() && !this.title().trim() ? this.languages.text('knowledge.problem-title') : '',
  );
  protected readonly textProblem = computed(() => {
    if (this.text().length > LONGEST.text) return this.languages.text('knowledge.problem-long');
    return this.tried() && !this.text().trim() ? this.languages.text('knowledge.problem-text') : '';
  });
  private readonly titleField = viewChild.required(Field);
  private readonly textField = viewChild.required(TextArea);

  protected async add(): Promise<void> {
    this.tried.set(true);
    this.refusal.set('');
    if (this.titleProblem()) return this.titleField().focus();
    if (this.textProblem()) return this.textField().focus();
    this.busy.set(true);
    try {
      await this.store.addText(this.title().trim(), this.text());
      this.closed.emit();
    } catch (thrown) {
      this.refusal.set(this.failures.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
