import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { Field } from '../ui/field';
import { TextArea } from '../ui/text-area';
import { AddDialog } from './add-dialog';

/** Longest title and text the server takes, in characters. */
const LONGEST = { title: 255, text: 1_000_000 };

/** Adds a text that was copied from elsewhere. */
@Component({
  selector: 'app-add-text',
  imports: [AddDialog, Field, TextArea, TranslocoPipe],
  template: `
    <app-add-dialog [heading]="heading()" [wide]="true" [adding]="adding" (closed)="closed.emit()">
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
    </app-add-dialog>
  `,
})
export class AddText {
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);
  readonly heading = input.required<string>();
  /** Takes title and text to where they belong; rejects with ApiFailure. */
  readonly add = input.required<(title: string, text: string) => Promise<void>>();
  readonly closed = output();
  protected readonly longest = LONGEST;
  protected readonly title = signal('');
  protected readonly text = signal('');
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

  protected readonly adding = (): Promise<void> | null => {
    this.tried.set(true);
    if (!this.titleProblem() && !this.textProblem())
      return this.add()(this.title().trim(), this.text());
    if (this.titleProblem()) this.titleField().focus();
    else this.textField().focus();
    return null;
  };
}
