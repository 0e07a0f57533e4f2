import { Component, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { PresentModel } from '../api/model-files-api';
import { CopyLine } from '../ui/copy-line';
import { Icon } from '../ui/icon';

/** Whether a model that is on the server can be asked, or what keeps people from it. */
@Component({
  selector: 'app-present-model-state',
  imports: [CopyLine, Icon, TranslocoPipe],
  template: `
    @if (!model().offered) {
      <p class="unable">{{ 'modelFiles.leftOut' | transloco }}</p>
      <app-copy-line
        [text]="model().id"
        [label]="'action.copy' | transloco"
        [doneLabel]="'action.copied' | transloco"
      />
    } @else if (model().available) {
      <p class="able"><app-icon name="check" />{{ 'modelFiles.ready' | transloco }}</p>
    } @else {
      <p class="unable">{{ model().reason?.message }}</p>
    }
  `,
  styles: `
    p {
      display: flex;
      align-items: center;
      gap: var(--s1);
      margin-top: var(--s1);
      font-size: var(--size-small);
      overflow-wrap: anywhere;
    }
    app-copy-line {
      margin-top: var(--s2);
    }
    .able {
      color: var(--good);
    }
    .unable {
      color: var(--warn);
    }
  `,
})
export class PresentModelState {
  readonly model = input.required<PresentModel>();
}
