import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { railKey } from './rail-names.rules';

/** Which rails a trial left out, because they ask somebody: nothing, where there are none. */
@Component({
  selector: 'app-rails-not-run',
  imports: [Icon, TranslocoPipe],
  template: `
    @if (rails().length > 0) {
      <p class="note warn">
        <app-icon name="triangle-alert" />
        <span class="grow">{{ 'guardrails.notRun' | transloco: { rails: names() } }}</span>
      </p>
    }
  `,
  // Where there is nothing to say it takes no room, not even a gap.
  styles: `
    :host {
      display: contents;
    }
    p {
      margin-top: var(--s2);
    }
  `,
})
export class RailsNotRun {
  private readonly languages = inject(LanguageStore);
  readonly rails = input.required<readonly string[]>();
  protected readonly names = computed(() =>
    new Intl.ListFormat(this.languages.language()).format(
      this.rails().map((rail) => {
        const key = railKey(rail);
        return key === null ? rail : this.languages.text(key);
      }),
    ),
  );
}
