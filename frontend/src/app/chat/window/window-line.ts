import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { SummaryCard } from './summary-card';
import { WindowStore } from './window-store';
import type { WindowBoundary } from './window.rules';

/** The line above which the model no longer reads, and the summary that goes in place of what is above. */
@Component({
  selector: 'app-window-line',
  imports: [SummaryCard, TranslocoPipe],
  template: `
    <div class="divider">
      <span>{{ says() | transloco }}</span>
    </div>
    @if (summary(); as one) {
      <app-summary-card [id]="one.id" [posts]="one.posts" [locked]="locked()" />
    }
  `,
  styleUrl: './divider.css',
})
export class WindowLine {
  private readonly window = inject(WindowStore);
  readonly boundary = input.required<WindowBoundary>();
  readonly locked = input.required<boolean>();
  protected readonly summary = computed(() => this.window.view()?.summary ?? null);
  protected readonly says = computed(() => {
    if (this.summary()) {
      return this.boundary().exceptions ? 'window.beginsSummaryBut' : 'window.beginsSummary';
    }
    return this.boundary().exceptions ? 'window.beginsBut' : 'window.begins';
  });
}
