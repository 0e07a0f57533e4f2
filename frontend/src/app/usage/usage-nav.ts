import { Component, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { SessionStore } from '../auth/session-store';

/** For administrators, the way between their own usage and everybody's. */
@Component({
  selector: 'app-usage-nav',
  imports: [RouterLink, RouterLinkActive, TranslocoPipe],
  template: `
    @if (session.isAdministrator()) {
      <nav [attr.aria-label]="'usage.title' | transloco">
        <a
          routerLink="/usage"
          routerLinkActive="active"
          ariaCurrentWhenActive="page"
          [routerLinkActiveOptions]="exact"
          >{{ 'usage.mine' | transloco }}</a
        >
        <a routerLink="/usage/team" routerLinkActive="active" ariaCurrentWhenActive="page">{{
          'usage.team' | transloco
        }}</a>
      </nav>
    }
  `,
  styles: `
    nav {
      display: flex;
      gap: var(--s5);
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
    a.active {
      border-color: var(--accent);
      color: var(--ink);
    }
  `,
})
export class UsageNav {
  protected readonly session = inject(SessionStore);
  /** The path alone: which month is shown makes it no other page. */
  protected readonly exact = {
    paths: 'exact',
    queryParams: 'ignored',
    fragment: 'ignored',
    matrixParams: 'ignored',
  } as const;
}
