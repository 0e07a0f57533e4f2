import {
  Component,
  type ElementRef,
  afterRenderEffect,
  input,
  output,
  viewChildren,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Source } from '../api/contract';
import { Markdown } from '../markdown/markdown';
import { Icon } from '../ui/icon';

/** The quotes an answer rests on, the one asked for in sight. At the right; a sheet on a phone. */
@Component({
  selector: 'app-source-panel',
  imports: [Icon, Markdown, TranslocoPipe],
  host: {
    role: 'complementary',
    'aria-labelledby': 'source-panel-title',
    '(keydown.escape)': 'closed.emit()',
  },
  template: `
    <header>
      <h2 id="source-panel-title">{{ 'source.title' | transloco }}</h2>
      <button
        type="button"
        class="icon-button"
        [attr.aria-label]="'action.close' | transloco"
        (click)="closed.emit()"
      >
        <app-icon name="x" />
      </button>
    </header>
    <ol role="list">
      @for (source of sources(); track source.n) {
        <li #item tabindex="-1" [class.current]="source.n === current()">
          <h3>
            <span class="number">{{ source.n }}</span>
            @if (webAddress(source); as url) {
              <a [href]="url" target="_blank" rel="noopener noreferrer nofollow" [title]="url">{{
                source.title
              }}</a>
            } @else {
              {{ source.title }}
            }
          </h3>
          <blockquote><app-markdown [text]="source.quote" /></blockquote>
        </li>
      }
    </ol>
  `,
  styleUrl: './source-panel.css',
})
export class SourcePanel {
  readonly sources = input.required<readonly Source[]>();
  readonly current = input.required<number>();
  readonly closed = output();
  private readonly items = viewChildren<ElementRef<HTMLElement>>('item');

  constructor() {
    afterRenderEffect(() => {
      const index = this.sources().findIndex(({ n }) => n === this.current());
      const item = this.items()[index]?.nativeElement;
      item?.scrollIntoView({ block: 'nearest' });
      item?.focus({ preventScroll: true });
    });
  }

  /** Only an address on the web becomes a link; what a source calls its address is not trusted. */
  protected webAddress({ url }: Source): string | null {
    return url && /^https?:\/\//i.test(url) ? url : null;
  }
}
