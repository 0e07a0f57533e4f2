import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { ThreadPost } from '../thread-post';
import { WindowActs } from './window-acts';
import { WindowLine } from './window-line';
import { WindowStore } from './window-store';

/** What stands below a post: a fresh start, or the window's beginning where no post is in it. */
@Component({
  selector: 'app-window-below',
  imports: [TranslocoPipe, WindowLine],
  template: `
    @if (post().freshStartAt) {
      <div class="divider fresh">
        <span>
          {{ 'window.fresh' | transloco }}
          @if (!locked()) {
            <button type="button" class="link-button" (click)="undo()">
              {{ 'action.undo' | transloco }}
            </button>
          }
        </span>
      </div>
    }
    @if (nothingSent(); as boundary) {
      <app-window-line [boundary]="boundary" [locked]="locked()" />
    }
  `,
  styleUrl: './divider.css',
  styles: `
    .divider,
    app-window-line {
      margin-top: var(--s8);
    }
  `,
})
export class WindowBelow {
  private readonly window = inject(WindowStore);
  private readonly acts = inject(WindowActs);
  readonly post = input.required<ThreadPost>();
  readonly locked = input.required<boolean>();
  protected readonly nothingSent = computed(() => {
    const boundary = this.window.boundary();
    const isLast = this.window.view()?.upTo === this.post().id;
    return boundary?.before === null && isLast ? boundary : null;
  });

  protected undo(): void {
    void this.acts.startFresh(this.post(), false);
  }
}
