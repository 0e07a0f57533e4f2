import {
  Component,
  DestroyRef,
  type ElementRef,
  afterNextRender,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { Icon } from './icon';

let lastId = 0;

/**
 * A modal window on the browser's own <dialog>: it traps the focus, Escape closes it, and the focus
 * goes back to where it was. Show it with @if and end it on `(closed)`.
 */
@Component({
  selector: 'app-dialog',
  imports: [Icon],
  template: `
    <dialog
      #dialog
      [attr.aria-labelledby]="titleId"
      [class.wide]="wide()"
      (close)="closed.emit()"
      [attr.closedby]="byButtons() ? 'closerequest' : 'any'"
    >
      <div class="inside">
        <header>
          <h2 [id]="titleId">{{ heading() }}</h2>
          <button
            type="button"
            class="icon-button"
            [attr.aria-label]="closeLabel()"
            (click)="dialog.close()"
          >
            <app-icon name="x" />
          </button>
        </header>
        <ng-content />
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      width: min(28rem, calc(100vw - 2rem));
      max-height: calc(100dvh - 2rem);
      padding: 0;
      border: 1px solid var(--line);
      border-radius: var(--radius-composer);
      background: var(--sheet);
      color: var(--ink);
      box-shadow: var(--shadow-lifted);
    }
    dialog.wide {
      width: min(40rem, calc(100vw - 2rem));
    }
    dialog::backdrop {
      background: var(--scrim);
    }
    .inside {
      padding: var(--s5) var(--s6) var(--s6);
    }
    header {
      display: flex;
      align-items: flex-start;
      justify-content: space-between;
      gap: var(--s4);
      margin-bottom: var(--s4);
    }
    h2 {
      font: 500 1.375rem/1.3 var(--font-title);
    }
  `,
})
export class Dialog {
  readonly heading = input.required<string>();
  readonly closeLabel = input.required<string>();
  readonly wide = input(false);
  /** A click beside it does not close it: what was typed there would be lost. */
  readonly byButtons = input(false);
  readonly closed = output();
  protected readonly titleId = `dialog-title-${++lastId}`;
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  constructor() {
    const before = document.activeElement;
    afterNextRender(() => this.open());
    // Removing an open <dialog> leaves the focus nowhere: give it back by hand.
    inject(DestroyRef).onDestroy(() => {
      if (before instanceof HTMLElement) queueMicrotask(() => before.focus());
    });
  }

  /** At once in the first field: what is typed must not land on the closing button. */
  private open(): void {
    const dialog = this.dialog().nativeElement;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }
}
