import { Component, computed, inject, input } from '@angular/core';
import { LanguageStore } from '../i18n/language-store';
import { SectionNav } from '../ui/section-nav';

const PATHS = {
  policies: '/guardrails',
  bench: '/guardrails/bench',
  events: '/guardrails/events',
  replays: '/guardrails/replays',
} as const;

/** The way between the pages of the rails. */
@Component({
  selector: 'app-guardrails-nav',
  imports: [SectionNav],
  template: `
    <app-section-nav [label]="label()" [pages]="pages()" [at]="here()" [inner]="inner()" />
  `,
})
export class GuardrailsNav {
  private readonly languages = inject(LanguageStore);
  /** Which of them is shown. */
  readonly at = input.required<keyof typeof PATHS>();
  /** True on a page below it. */
  readonly inner = input(false);
  protected readonly here = computed(() => PATHS[this.at()]);
  protected readonly label = computed(() => this.languages.text('guardrails.title'));
  protected readonly pages = computed(() =>
    Object.entries(PATHS).map(([key, path]) => ({
      path,
      name: this.languages.text(`guardrails.${key}`),
    })),
  );
}
