import { Component, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../../ui/icon';
import type { ThreadPost } from '../thread-post';

/** Walks between the versions of a post: ‹ 2/3 ›. Nothing where there is only one. */
@Component({
  selector: 'app-versions',
  imports: [Icon, TranslocoPipe],
  template: `
    @if (post().siblings.ids.length > 1) {
      <span class="siblings">
        <button
          type="button"
          class="icon-button"
          [disabled]="locked() || post().siblings.index === 0"
          [attr.aria-label]="'chat.versionBefore' | transloco"
          (click)="shown.emit(-1)"
        >
          <app-icon name="chevron-left" />
        </button>
        <span>
          <span class="visually-hidden">{{ 'chat.version' | transloco }}</span>
          {{ post().siblings.index + 1 }}/{{ post().siblings.ids.length }}
        </span>
        <button
          type="button"
          class="icon-button"
          [disabled]="locked() || post().siblings.index >= post().siblings.ids.length - 1"
          [attr.aria-label]="'chat.versionAfter' | transloco"
          (click)="shown.emit(1)"
        >
          <app-icon name="chevron-right" />
        </button>
      </span>
    }
  `,
  styles: `
    .siblings {
      display: inline-flex;
      align-items: center;
      /* The ring of a focused arrow leaves the figures to be read. */
      gap: var(--s1);
      margin-inline: calc(-1 * var(--s2)) var(--s2);
      color: var(--ink-soft);
      font-size: var(--size-small);
      font-variant-numeric: tabular-nums;
    }
    :host-context(app-post-actions) .siblings {
      margin-inline-start: 0;
    }
  `,
})
export class Versions {
  readonly post = input.required<ThreadPost>();
  readonly locked = input.required<boolean>();
  readonly shown = output<1 | -1>();
}
