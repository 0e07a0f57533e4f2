import { Component, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from './icon';
import { Skeleton } from './skeleton';

/** Stands where a page's content will be: that it is on its way, or why it did not come. */
@Component({
  selector: 'app-page-state',
  imports: [Icon, Skeleton, TranslocoPipe],
  template: `
    @switch (state()) {
      @case ('loading') {
        <app-skeleton [lines]="lines()" />
        <p class="visually-hidden" role="status">{{ 'state.loading' | transloco }}</p>
      }
      @case ('failed') {
        <div class="note bad" role="alert">
          <app-icon name="circle-alert" />
          <span class="grow">{{ failure() }}</span>
          <button type="button" class="button small" (click)="retried.emit()">
            {{ 'action.tryAgain' | transloco }}
          </button>
        </div>
      }
    }
  `,
  // Where there is nothing to say it takes no room, not even a gap.
  styles: ':host { display: contents; }',
})
export class PageState {
  readonly state = input.required<'loading' | 'failed' | 'ready'>();
  /** What the person is told when it failed. */
  readonly failure = input('');
  /** How many grey lines are about as tall as the content. */
  readonly lines = input(6);
  readonly retried = output();
}
