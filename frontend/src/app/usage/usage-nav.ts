import { Component, computed, inject, input } from '@angular/core';
import { SessionStore } from '../auth/session-store';
import { LanguageStore } from '../i18n/language-store';
import { SectionNav } from '../ui/section-nav';

const PATHS = { mine: '/usage', team: '/usage/team' } as const;

/** For administrators, the way between their own usage and everybody's. */
@Component({
  selector: 'app-usage-nav',
  imports: [SectionNav],
  template: `
    @if (session.isAdministrator()) {
      <app-section-nav [label]="label()" [pages]="pages()" [at]="here()" />
    }
  `,
})
export class UsageNav {
  private readonly languages = inject(LanguageStore);
  protected readonly session = inject(SessionStore);
  /** Whose is shown. */
  readonly at = input.required<keyof typeof PATHS>();
  protected readonly here = computed(() => PATHS[this.at()]);
  protected readonly label = computed(() => this.languages.text('usage.title'));
  protected readonly pages = computed(() =>
    Object.entries(PATHS).map(([key, path]) => ({
      path,
      name: this.languages.text(`usage.${key}`),
    })),
  );
}
