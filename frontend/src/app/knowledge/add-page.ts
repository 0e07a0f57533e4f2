import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { hostOf } from '../markdown/harmless-markup';
import { Field } from '../ui/field';
import { AddDialog } from './add-dialog';

/** The longest address the server takes, in characters. */
const LONGEST = 2048;

/** Adds a page of the web by its address. */
@Component({
  selector: 'app-add-page',
  imports: [AddDialog, Field, TranslocoPipe],
  template: `
    <app-add-dialog [heading]="heading()" [adding]="adding" (closed)="closed.emit()">
      <app-field
        name="page-address"
        autocomplete="off"
        [label]="'knowledge.address' | transloco"
        [hint]="'knowledge.addressHint' | transloco"
        [maxLength]="longest"
        [error]="problem()"
        [(value)]="address"
      />
    </app-add-dialog>
  `,
})
export class AddPage {
  private readonly languages = inject(LanguageStore);
  readonly heading = input.required<string>();
  /** Takes the address to where it belongs; rejects with ApiFailure. */
  readonly add = input.required<(url: string) => Promise<void>>();
  readonly closed = output();
  protected readonly longest = LONGEST;
  protected readonly address = signal('');
  private readonly tried = signal(false);
  /** As it is meant: people leave out the beginning. */
  private readonly url = computed(() => {
    const typed = this.address().trim();
    return /^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  });
  protected readonly problem = computed(() =>
    this.tried() && !hostOf(this.url()) ? this.languages.text('knowledge.problem-address') : '',
  );
  private readonly field = viewChild.required(Field);

  protected readonly adding = (): Promise<void> | null => {
    this.tried.set(true);
    if (!this.problem()) return this.add()(this.url());
    this.field().focus();
    return null;
  };
}
