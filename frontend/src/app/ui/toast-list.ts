import { Component, ElementRef, inject, input } from '@angular/core';
import { Icon } from './icon';
import { type Toast, Toasts } from './toasts';

/** Shows the toasts; placed once, at the root. */
@Component({
  selector: 'app-toast-list',
  imports: [Icon],
  host: { role: 'status', 'aria-live': 'polite' },
  template: `
    @for (toast of toasts.all(); track toast.id) {
      <div
        class="toast"
        (mouseenter)="toasts.hold(toast.id)"
        (mouseleave)="toasts.resume(toast.id)"
        (focusin)="heedFocus($event, toast.id)"
        (focusout)="toasts.resume(toast.id)"
      >
        <span class="text">{{ toast.text }}</span>
        @if (toast.action; as action) {
          <button type="button" class="action" (click)="act(toast)">
            {{ action.label }}
          </button>
        }
        <button
          type="button"
          class="icon-button"
          [attr.aria-label]="dismissLabel()"
          (click)="dismiss(toast)"
        >
          <app-icon name="x" />
        </button>
      </div>
    }
  `,
  styles: `
    :host {
      position: fixed;
      inset: calc(var(--s4) + env(safe-area-inset-top)) 0 auto;
      z-index: 900;
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: var(--s2);
      padding: 0 var(--s4);
      pointer-events: none;
    }
    .toast {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s1) var(--s3);
      max-width: min(100%, var(--measure));
      padding: var(--s2) var(--s2) var(--s2) var(--s4);
      border-radius: var(--radius);
      background: var(--ink);
      color: var(--paper);
      box-shadow: var(--shadow-lifted);
      pointer-events: auto;
      animation: rise var(--slow) var(--ease);
    }
    /* A long sentence has its buttons below it where they do not fit beside it. */
    .text {
      flex: 1 1 auto;
      min-width: 0;
    }
    .toast:not(:has(.action)) {
      flex-wrap: nowrap;
    }
    .action {
      padding: var(--s1) 0;
      white-space: nowrap;
      border: 0;
      background: none;
      color: inherit;
      font-weight: 650;
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
    .icon-button {
      margin-inline-start: auto;
    }
    .icon-button,
    .icon-button:hover:not(:disabled) {
      color: inherit;
    }
    :focus-visible {
      outline-color: currentColor;
    }
    @keyframes rise {
      from {
        transform: translateY(-0.5rem);
        opacity: 0;
      }
    }
  `,
})
export class ToastList {
  readonly dismissLabel = input.required<string>();
  protected readonly toasts = inject(Toasts);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** What had the focus before it came here. */
  private focusBefore: HTMLElement | null = null;

  protected heedFocus({ relatedTarget }: FocusEvent, id: number): void {
    this.toasts.hold(id);
    if (relatedTarget instanceof Node && this.host.contains(relatedTarget)) return;
    this.focusBefore = relatedTarget instanceof HTMLElement ? relatedTarget : null;
  }

  protected act(toast: Toast): void {
    this.giveFocusBack();
    this.toasts.act(toast);
  }

  protected dismiss({ id }: Toast): void {
    this.giveFocusBack();
    this.toasts.dismiss(id);
  }

  /** The button that has it goes. Where its place is gone as well, the page itself takes it. */
  private giveFocusBack(): void {
    if (!this.host.contains(document.activeElement)) return;
    const isThere = this.focusBefore?.isConnected && this.focusBefore !== document.body;
    const place = isThere ? this.focusBefore : document.querySelector('main');
    place?.focus({ preventScroll: true });
  }
}
