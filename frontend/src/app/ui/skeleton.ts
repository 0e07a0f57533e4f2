import { Component, computed, input } from '@angular/core';

/** Grey lines in the shape of what is being fetched; silent for screen readers. */
@Component({
  selector: 'app-skeleton',
  host: { 'aria-hidden': 'true' },
  template: `
    @for (width of widths(); track $index) {
      <span class="line" [style.width.%]="width"></span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--s4);
    }
    .line {
      height: 0.875rem;
      border-radius: var(--radius-small);
      background: color-mix(in oklab, var(--ink) 9%, transparent);
      animation: breathe 1.4s ease-in-out infinite alternate;
    }
    @keyframes breathe {
      to {
        opacity: 0.45;
      }
    }
  `,
})
export class Skeleton {
  readonly lines = input(4);
  // Uneven like text, and the same each time.
  protected readonly widths = computed(() =>
    Array.from({ length: this.lines() }, (_, i) => 55 + ((i * 37) % 40)),
  );
}
