import {
  afterRenderEffect,
  Component,
  computed,
  type ElementRef,
  input,
  linkedSignal,
  output,
  viewChildren,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Source } from '../../api/contract';
import type { CitedClaim } from '../../markdown/citations';
import { Icon } from '../../ui/icon';
import type { IconName } from '../../ui/icon-shapes';
import { SourceBody } from './source-body';

const ICONS: Readonly<Record<Source['kind'], IconName>> = {
  documentation: 'book-open',
  document: 'file-text',
  web: 'globe',
};

/** The sources an answer rests on, the one asked for open. At the right; a sheet on a phone. */
@Component({
  selector: 'app-source-panel',
  imports: [Icon, SourceBody, TranslocoPipe],
  host: {
    role: 'complementary',
    'aria-labelledby': 'source-panel-title',
    '(keydown.escape)': 'closed.emit()',
  },
  template: `
    <header>
      <h2 id="source-panel-title">{{ 'sources.title' | transloco }}</h2>
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
        <li #item [class.current]="source.n === shown()">
          <h3>
            <button
              type="button"
              [attr.aria-expanded]="source.n === shown()"
              (click)="shown.set(source.n === shown() ? 0 : source.n)"
            >
              <span class="number">{{ source.n }}</span>
              <span class="title" dir="auto">{{ source.title }}</span>
              <app-icon [name]="icons[source.kind]" />
            </button>
          </h3>
          @if (source.n === shown()) {
            <app-source-body
              [source]="source"
              [claim]="source.n === current().n ? current().claim : ''"
              [verdict]="source.n === current().n ? current().verdict : null"
            />
          }
        </li>
      }
    </ol>
  `,
  styleUrl: './source-panel.css',
})
export class SourcePanel {
  readonly sources = input.required<readonly Source[]>();
  /** The number that was chosen in the answer, and what it stands behind. */
  readonly current = input.required<CitedClaim>();
  readonly closed = output();
  protected readonly icons = ICONS;
  protected readonly shown = linkedSignal(() => this.current().n);
  private readonly index = computed(() =>
    this.sources().findIndex(({ n }) => n === this.current().n),
  );
  private readonly items = viewChildren<ElementRef<HTMLElement>>('item');

  constructor() {
    afterRenderEffect(() => {
      this.current();
      const item = this.items()[this.index()]?.nativeElement;
      item?.scrollIntoView({ block: 'nearest' });
      item?.querySelector<HTMLElement>('h3 button')?.focus({ preventScroll: true });
    });
  }
}
