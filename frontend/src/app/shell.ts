import { A11yModule } from '@angular/cdk/a11y';
import { BreakpointObserver } from '@angular/cdk/layout';
import { ApplicationRef, Component, effect, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { filter, map } from 'rxjs';
import { ServerNotices } from './admin/server-notices';
import { SessionStore } from './auth/session-store';
import { HistoryStore } from './history/history-store';
import { HistorySearch } from './history/history-search';
import { AskedLink } from './markdown/links/asked-link';
import { AskLink } from './markdown/links/ask-link';
import { OpenDialogs } from './open-dialogs';
import { ShortcutList } from './shortcut-list';
import { Sidebar } from './sidebar';
import { Connection } from './ui/connection';
import { Icon } from './ui/icon';
import { InTurn } from './ui/in-turn';
import { KeptFocus } from './ui/kept-focus';

const COLLAPSED = 'prosa.sidebar.collapsed';

/** The frame of the app: history at the left (a drawer on a phone), the page beside it. */
@Component({
  selector: 'app-shell',
  imports: [
    A11yModule,
    AskLink,
    HistorySearch,
    Icon,
    InTurn,
    RouterOutlet,
    ServerNotices,
    ShortcutList,
    Sidebar,
    TranslocoPipe,
  ],
  host: {
    '[class.narrow]': 'narrow()',
    '[class.collapsed]': '!narrow() && collapsed()',
    '(document:keydown)': 'heedShortcut($event)',
  },
  templateUrl: './shell.html',
  styleUrl: './shell.css',
})
export class Shell {
  private readonly application = inject(ApplicationRef);
  private readonly router = inject(Router);
  private readonly history = inject(HistoryStore);
  protected readonly session = inject(SessionStore);
  protected readonly dialogs = inject(OpenDialogs);
  protected readonly askedLink = inject(AskedLink);
  protected readonly connection = inject(Connection);
  protected readonly narrow = toSignal(
    inject(BreakpointObserver)
      .observe('(max-width: 47.99rem)')
      .pipe(map(({ matches }) => matches)),
    { initialValue: false },
  );
  protected readonly collapsed = signal(readCollapsed());
  protected readonly drawerOpen = signal(false);

  constructor() {
    const moved = toSignal(this.router.events.pipe(filter((e) => e instanceof NavigationEnd)));
    effect(() => {
      moved();
      this.drawerOpen.set(false);
    });
    inject(KeptFocus);
    // The store starts with the first person who needs it.
    this.history.state();
  }

  protected toggleSidebar(): void {
    if (this.narrow()) {
      this.drawerOpen.update((open) => !open);
      return;
    }
    this.collapsed.update((collapsed) => !collapsed);
    try {
      localStorage.setItem(COLLAPSED, String(this.collapsed()));
    } catch {
      // Storage is closed: the choice lasts until the page is closed.
    }
  }

  protected startConversation(): void {
    void this.router.navigateByUrl('/');
    this.drawerOpen.set(false);
  }

  protected heedShortcut(event: KeyboardEvent): void {
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (command && !event.shiftKey && key === 'k') {
      event.preventDefault();
      this.dialogs.open('search');
      // At once: the next key is already the first letter of what is looked for.
      this.application.tick();
    } else if (command && event.shiftKey && key === 'o') {
      event.preventDefault();
      this.startConversation();
    } else if (command && event.shiftKey && key === 'l') {
      event.preventDefault();
      void this.router.navigateByUrl('/knowledge');
    } else if (command && key === 'b' && !event.shiftKey) {
      event.preventDefault();
      this.toggleSidebar();
    } else if (key === '?' && !command && !isTyping(event.target)) {
      event.preventDefault();
      this.dialogs.open('shortcuts');
    } else if (key === 'escape' && this.drawerOpen() && !event.defaultPrevented) {
      // A menu open in the drawer has taken the key for itself.
      this.drawerOpen.set(false);
    }
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}

function readCollapsed(): boolean {
  try {
    return localStorage.getItem(COLLAPSED) === 'true';
  } catch {
    return false;
  }
}
