import { CdkMenu, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { modelName } from './model-name.rules';
import { ModelsStore } from './models-store';

/** Which model answers. Those that cannot answer now are listed with the reason. */
@Component({
  selector: 'app-model-picker',
  imports: [CdkMenu, CdkMenuItemRadio, CdkMenuTrigger, Icon, TranslocoPipe],
  template: `
    @if (models.models(); as list) {
      <button
        type="button"
        class="trigger"
        [cdkMenuTriggerFor]="menu"
        [attr.aria-label]="'models.choose' | transloco: { name: name() }"
      >
        <span>{{ name() }}</span>
        <app-icon name="chevron-down" />
      </button>
      <ng-template #menu>
        <div class="menu" cdkMenu>
          @for (model of list; track model.id) {
            <button
              type="button"
              class="menu-item"
              cdkMenuItemRadio
              [cdkMenuItemChecked]="model.id === current()"
              [cdkMenuItemDisabled]="!model.available"
              (cdkMenuItemTriggered)="picked.emit(model.id)"
            >
              <span class="about">
                <strong>{{ label(model.id) }}</strong>
                <small>{{
                  model.available
                    ? ('models.window' | transloco: { count: thousands(model.contextWindow) })
                    : model.reason?.message
                }}</small>
              </span>
              @if (model.id === current()) {
                <app-icon name="check" />
              }
            </button>
          }
        </div>
      </ng-template>
    } @else if (models.failure(); as failure) {
      <button type="button" class="trigger" [title]="failure" (click)="models.load()">
        {{ 'models.retry' | transloco }}
      </button>
    }
  `,
  styles: `
    /* Room for two letters and the arrow. */
    :host {
      min-width: 4.5rem;
    }
    .trigger {
      display: flex;
      align-items: center;
      gap: var(--s1);
      max-width: 100%;
      min-height: 2.25rem;
      padding: 0 var(--s3);
      border: 0;
      border-radius: var(--radius-round);
      background: transparent;
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    .trigger:hover,
    .trigger[aria-expanded='true'] {
      background: var(--well);
      color: var(--ink);
    }
    .trigger span {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .about {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-width: 0;
      padding: var(--s1) 0;
    }
    strong {
      font-weight: 550;
    }
    small {
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
  `,
})
export class ModelPicker {
  private readonly languages = inject(LanguageStore);
  protected readonly models = inject(ModelsStore);
  readonly current = input.required<string | null>();
  readonly picked = output<string>();
  protected readonly name = computed(() => {
    const id = this.current();
    return id ? this.label(id) : this.languages.text('models.none');
  });

  protected label(id: string): string {
    return modelName(id) ?? this.languages.text('models.quotes');
  }

  protected thousands(tokens: number): string {
    return new Intl.NumberFormat(this.languages.language(), { notation: 'compact' }).format(tokens);
  }
}
