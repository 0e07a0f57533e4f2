import { Component, computed, type ElementRef, input, model, viewChild } from '@angular/core';

let lastId = 0;

/** A labelled box for longer text, with how much of it there may be. */
@Component({
  selector: 'app-text-area',
  template: `
    <label [attr.for]="id" [class.visually-hidden]="hideLabel()">{{ label() }}</label>
    <textarea
      #box
      class="input"
      dir="auto"
      [id]="id"
      [rows]="rows()"
      [value]="value()"
      [attr.name]="name() || null"
      [attr.placeholder]="placeholder() || null"
      [attr.aria-invalid]="error() || isTooLong() ? true : null"
      [attr.aria-describedby]="noteId"
      (input)="value.set(box.value)"
    ></textarea>
    <div class="notes" [id]="noteId">
      @if (error(); as message) {
        <p class="error" role="alert">{{ message }}</p>
      } @else if (hint()) {
        <p class="hint">{{ hint() }}</p>
      }
      @if (most(); as most) {
        <p class="count" [class.error]="isTooLong()">{{ counter() }}</p>
      }
    </div>
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
    textarea {
      display: block;
      max-height: 50dvh;
      line-height: 1.5;
      resize: vertical;
    }
    .notes {
      display: flex;
      justify-content: space-between;
      gap: var(--s4);
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    .count {
      margin: 0;
      margin-inline-start: auto;
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
    .error {
      color: var(--bad);
    }
    .hint,
    .notes .error {
      margin: 0;
    }
  `,
})
export class TextArea {
  readonly label = input.required<string>();
  readonly hideLabel = input(false);
  readonly value = model('');
  readonly name = input('');
  readonly rows = input(4);
  readonly placeholder = input('');
  readonly hint = input('');
  readonly error = input('');
  /** Longest text, in characters; what is typed beyond stays, and is said. Null: not counted. */
  readonly most = input<number | null>(null);
  /** How the count reads, such as `120 / 4.000`. */
  readonly counter = input('');
  readonly isTooLong = computed(() => {
    const most = this.most();
    return most !== null && this.value().length > most;
  });
  protected readonly id = `text-area-${++lastId}`;
  protected readonly noteId = `${this.id}-note`;
  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  focus(): void {
    this.box().nativeElement.focus();
  }
}
