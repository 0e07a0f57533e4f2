import { Component, computed, inject, input } from '@angular/core';
import { Icon } from '../../ui/icon';
import type { ThreadPost } from '../thread-post';
import { WindowLine } from './window-line';
import { WindowStore } from './window-store';
import { WindowTexts } from './window-texts';
import { markOf } from './window.rules';

/** What stands above a post: the beginning of the window, where it is, and what becomes of the post. */
@Component({
  selector: 'app-window-above',
  imports: [Icon, WindowLine],
  template: `
    @if (begins(); as boundary) {
      <app-window-line [boundary]="boundary" [locked]="locked()" />
    }
    @if (mark(); as mark) {
      <p class="mark" [class.sent]="mark.sent">
        <app-icon [name]="mark.icon" />
        {{ mark.text }}
      </p>
    }
  `,
  styles: `
    app-window-line {
      margin-bottom: var(--s8);
    }
    .mark {
      display: flex;
      align-items: center;
      gap: var(--s2);
      margin-bottom: var(--s2);
      color: var(--ink-faint);
      font-size: var(--size-small);
    }
    .mark.sent {
      color: var(--accent);
    }
    app-icon {
      --icon-size: 0.875rem;
    }
  `,
})
export class WindowAbove {
  private readonly window = inject(WindowStore);
  private readonly texts = inject(WindowTexts);
  readonly post = input.required<ThreadPost>();
  readonly locked = input.required<boolean>();
  protected readonly begins = computed(() => {
    const boundary = this.window.boundary();
    return boundary?.before === this.post().id ? boundary : null;
  });
  protected readonly mark = computed(() => {
    const { id, pinned } = this.post();
    const view = this.window.view();
    const mark = view && markOf(view, id);
    // A pin shows at once, whatever is known of the window.
    const text = this.texts.mark(mark ?? { sent: true, because: null }, pinned);
    const sent = mark?.sent ?? true;
    return text && { sent, text, icon: iconOf(sent, pinned) };
  });
}

function iconOf(sent: boolean, pinned: boolean): 'pin' | 'link' | 'eye-off' {
  if (!sent) return 'eye-off';
  return pinned ? 'pin' : 'link';
}
