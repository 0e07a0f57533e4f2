import {
  Component,
  type ElementRef,
  computed,
  input,
  model,
  signal,
  viewChild,
} from '@angular/core';
import { Icon } from './icon';

let lastId = 0;

/** A labelled line of input; hint and error are tied to it for screen readers. */
@Component({
  selector: 'app-field',
  imports: [Icon],
  template: `
    <label [attr.for]="id">{{ label() }}</label>
    <span class="box">
      <input
        #box
        class="input"
        [id]="id"
        [type]="shownType()"
        [value]="value()"
        [required]="required()"
        [disabled]="disabled()"
        [attr.name]="name() || null"
        [attr.autocomplete]="autocomplete() || null"
        [attr.inputmode]="inputMode() || null"
        [attr.list]="suggestions().length > 0 ? listId : null"
        [attr.maxlength]="maxLength()"
        [attr.aria-invalid]="error() ? true : null"
        [attr.aria-describedby]="error() || hint() ? noteId : null"
        [attr.spellcheck]="false"
        autocapitalize="none"
        (input)="value.set(box.value)"
      />
      @if (type() === 'password') {
        <button
          type="button"
          class="icon-button"
          [attr.aria-label]="revealLabel()"
          [attr.aria-pressed]="revealed()"
          (click)="revealed.set(!revealed())"
        >
          <app-icon [name]="revealed() ? 'eye-off' : 'eye'" />
        </button>
      }
    </span>
    @if (suggestions().length > 0) {
      <datalist [id]="listId">
        @for (one of suggestions(); track one) {
          <option [value]="one"></option>
        }
      </datalist>
    }
    @if (error(); as message) {
      <p class="error" role="alert" [id]="noteId">{{ message }}</p>
    } @else if (hint()) {
      <p class="hint" [id]="noteId">{{ hint() }}</p>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--s1);
    }
    label {
      font-weight: 550;
    }
    .box {
      position: relative;
      display: block;
    }
    .box:has(button) .input {
      padding-inline-end: 3rem;
    }
    .box .icon-button {
      position: absolute;
      inset: 0 var(--s1) 0 auto;
      margin: auto 0;
    }
    .hint {
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    .error {
      color: var(--bad);
      font-size: var(--size-small);
    }
  `,
})
export class Field {
  readonly label = input.required<string>();
  readonly value = model('');
  readonly type = input<'text' | 'password'>('text');
  readonly name = input('');
  readonly autocomplete = input('');
  /** Which keys a phone shows. */
  readonly inputMode = input<'' | 'numeric' | 'decimal'>('');
  /** What may be chosen instead of typed. */
  readonly suggestions = input<readonly string[]>([]);
  readonly required = input(false);
  readonly disabled = input(false);
  readonly maxLength = input<number | null>(null);
  readonly hint = input('');
  readonly error = input('');
  /** Name of the button that shows a password; needed for that type only. */
  readonly revealLabel = input('');
  protected readonly revealed = signal(false);
  protected readonly shownType = computed(() => (this.revealed() ? 'text' : this.type()));
  protected readonly id = `field-${++lastId}`;
  protected readonly noteId = `${this.id}-note`;
  protected readonly listId = `${this.id}-list`;
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  focus(): void {
    this.box().nativeElement.focus();
  }
}
