import { Component, computed, inject, input } from '@angular/core';
import type { Post } from '../../api/contract';
import { LanguageStore } from '../../i18n/language-store';
import { Icon } from '../../ui/icon';
import { ROUTE_ICONS, routeKeys } from './route.rules';

/** Where an answer looked and why, in a quiet line. */
@Component({
  selector: 'app-route-line',
  imports: [Icon],
  template: `<app-icon [name]="icon()" />{{ text() }}`,
  styles: `
    :host {
      display: inline-flex;
      align-items: baseline;
      gap: var(--s2);
      color: var(--ink-faint);
      font-size: var(--size-small);
      --icon-size: 0.9375rem;
    }
    app-icon {
      align-self: flex-start;
      margin-top: 0.15em;
    }
  `,
})
export class RouteLine {
  private readonly languages = inject(LanguageStore);
  readonly route = input.required<NonNullable<Post['route']>>();
  readonly reason = input.required<string | null>();
  /** It is looking there now. */
  readonly live = input(false);
  /** It looked and found nothing to stand on. */
  readonly fruitless = input(false);
  protected readonly icon = computed(() => ROUTE_ICONS[this.route()]);
  protected readonly text = computed(() => {
    const { what, why } = routeKeys(this.route(), this.reason(), this.live());
    const said = this.languages.text(what);
    const text = why
      ? this.languages.text('sources.because', { what: said, why: this.languages.text(why) })
      : said;
    return this.fruitless() ? this.languages.text('sources.inVain', { text }) : text;
  });
}
