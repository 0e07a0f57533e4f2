import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';

/** A page of a section, as the way between them names it. */
export interface SectionPage {
  readonly path: string;
  readonly name: string;
}

/** The way between the pages of one section, above each of them. */
@Component({
  selector: 'app-section-nav',
  imports: [RouterLink],
  template: `
    <nav [attr.aria-label]="label()">
      @for (page of pages(); track page.path) {
        <a
          [routerLink]="page.path"
          [attr.aria-current]="page.path === at() ? (inner() ? 'true' : 'page') : null"
          >{{ page.name }}</a
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
    /* Four names in one row of a phone. */
    @media (max-width: 47.99rem) {
      nav {
        column-gap: var(--s3);
        font-size: var(--size-small);
      }
    }
  `,
})
export class SectionNav {
  /** Name of the section, for those who hear it. */
  readonly label = input.required<string>();
  readonly pages = input.required<readonly SectionPage[]>();
  /** Path of the page that is shown. */
  readonly at = input.required<string>();
  /** True on a page below it. */
  readonly inner = input(false);
}
