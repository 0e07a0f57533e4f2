import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';

/** The way between the pages of the rails. */
@Component({
  selector: 'app-guardrails-nav',
  imports: [RouterLink, TranslocoPipe],
  template: `
    <nav [attr.aria-label]="'guardrails.title' | transloco">
      @for (page of pages; track page.path) {
        <a
          [routerLink]="page.path"
          [attr.aria-current]="page.key === here() ? (inner() ? 'true' : 'page') : null"
          >{{ page.key | transloco }}</a
        >
      }
    </nav>
  `,
  styles: `
    nav {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--s5);
      margin-bottom: var(--s5);
      border-bottom: 1px solid var(--line);
    }
    a {
      margin-bottom: -1px;
      padding: var(--s2) 0;
      border-bottom: 2px solid transparent;
      color: var(--ink-soft);
      font-weight: 550;
      text-decoration: none;
    }
    a:hover {
      color: var(--ink);
    }
    [aria-current] {
      border-color: var(--accent);
      color: var(--ink);
    }
  `,
})
export class GuardrailsNav {
  /** Which of them is shown. */
  readonly at = input.required<'policies' | 'bench' | 'events'>();
  /** True on a page below it. */
  readonly inner = input(false);
  protected readonly here = computed(() => `guardrails.${this.at()}`);
  protected readonly pages = [
    { path: '/guardrails', key: 'guardrails.policies' },
    { path: '/guardrails/bench', key: 'guardrails.bench' },
    { path: '/guardrails/events', key: 'guardrails.events' },
  ];
}
