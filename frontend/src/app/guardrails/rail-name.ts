import { Component, computed, inject, input } from '@angular/core';
import { LanguageStore } from '../i18n/language-store';
import { railKey } from './rail-names.rules';

/** What a rail is called, with the rule of it that is meant. */
@Component({
  selector: 'app-rail-name',
  template: `{{ name() }}
    @if (rule()) {
      <span class="rule">{{ rule() }}</span>
    }`,
  styles: `
    .rule {
      color: var(--ink-soft);
      font-family: var(--font-code);
      font-size: 0.875em;
      overflow-wrap: anywhere;
    }
  `,
})
export class RailName {
  private readonly languages = inject(LanguageStore);
  readonly rail = input.required<string>();
  readonly rule = input('');
  protected readonly name = computed(() => {
    const key = railKey(this.rail());
    return key === null ? this.rail() : this.languages.text(key);
  });
}
