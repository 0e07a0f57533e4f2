import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../../ui/icon';
import { modelName } from '../model-name.rules';
import { ModelsStore } from '../models-store';
import { WindowStore } from './window-store';
import { WindowTexts } from './window-texts';
import { roomierModels } from './window.rules';

/** More would be a list to choose from: that is what the model picker is for. */
const OFFERED = 2;

/** Says that what is typed cannot be sent, and what to do: shorten it, or ask a model with more room. */
@Component({
  selector: 'app-window-exceeded',
  imports: [Icon, TranslocoPipe],
  template: `
    <div role="status">
      @if (excess(); as tokens) {
        <div class="note bad">
          <app-icon name="gauge" />
          <span class="grow">
            {{ 'window.tooLong' | transloco: { tokens } }}
            {{ (roomier().length > 0 ? 'window.shortenOrSwitch' : 'window.shorten') | transloco }}
          </span>
          @for (model of roomier(); track model.id) {
            <button type="button" class="button small" (click)="picked.emit(model.id)">
              {{ 'window.useModel' | transloco: { name: model.name } }}
            </button>
          }
        </div>
      }
    </div>
  `,
})
export class WindowExceeded {
  private readonly window = inject(WindowStore);
  private readonly models = inject(ModelsStore);
  private readonly texts = inject(WindowTexts);
  /** What is typed now. */
  readonly prompt = input.required<string>();
  /** A model that would have room. */
  readonly picked = output<string>();
  protected readonly excess = computed(() => {
    const use = this.window.use();
    return use && this.window.exceeds(this.prompt()) ? this.texts.tokens(use.excess) : null;
  });
  protected readonly roomier = computed(() =>
    roomierModels(this.models.models() ?? [], this.window.use()?.used ?? 0)
      .flatMap(({ id }) => ({ id, name: modelName(id) }))
      .filter(({ name }) => name !== null)
      .slice(0, OFFERED),
  );
}
