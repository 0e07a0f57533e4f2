import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { TextArea } from '../ui/text-area';

/** The longest the server takes, in characters. */
const LONGEST = 4000;

/** How somebody wants to be answered, in their own words; says whether that is saved. */
@Component({
  selector: 'app-instructions-form',
  imports: [TextArea, TranslocoPipe],
  template: `
    <form novalidate (submit)="$event.preventDefault(); save()">
      <app-text-area
        name="instructions"
        [label]="label()"
        [hideLabel]="true"
        [rows]="6"
        [placeholder]="placeholder()"
        [most]="longest"
        [counter]="counter()"
        [error]="problem()"
        [(value)]="text"
      />
      <div class="decision" [class.of-dialog]="primary()">
        <span class="quiet" role="status">{{ standing() }}</span>
        <ng-content />
        <button
          type="submit"
          class="button"
          [class.primary]="primary()"
          [disabled]="busy() || !isChanged() || text().length > longest"
        >
          {{ 'action.save' | transloco }}
        </button>
      </div>
    </form>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: var(--s2);
    }
    .decision {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s3);
    }
    /* Below a field of a page a button stands at the start, in a dialog at the end. */
    .of-dialog {
      justify-content: flex-end;
    }
    .of-dialog .quiet {
      order: -1;
      margin-inline-end: auto;
    }
    .quiet {
      order: 1;
      font-size: var(--size-small);
    }
  `,
})
export class InstructionsForm {
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);
  readonly label = input.required<string>();
  readonly placeholder = input('');
  /** What the server has; null where there are none. */
  readonly stored = input.required<string | null>();
  readonly busy = input(false);
  readonly error = input('');
  readonly primary = input(false);
  /** No words are none. */
  readonly saved = output<string | null>();
  protected readonly longest = LONGEST;
  protected readonly text = linkedSignal(() => this.stored() ?? '');
  protected readonly isChanged = computed(
    () => this.text().trim() !== (this.stored() ?? '').trim(),
  );
  protected readonly counter = computed(
    () => `${this.figures.count(this.text().length)} / ${this.figures.count(LONGEST)}`,
  );
  protected readonly problem = computed(() =>
    this.text().length > LONGEST ? this.languages.text('instructions.tooLong') : this.error(),
  );
  protected readonly standing = computed(() => {
    if (this.busy()) return this.languages.text('instructions.saving');
    if (this.isChanged()) return this.languages.text('instructions.unsaved');
    return this.stored() ? this.languages.text('instructions.saved') : '';
  });

  protected save(): void {
    if (this.isChanged() && this.text().length <= LONGEST)
      this.saved.emit(this.text().trim() || null);
  }
}
