import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, inject, output } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { SessionStore } from './auth/session-store';
import { HistoryList } from './history/history-list';
import { FailureTexts } from './i18n/failure-texts';
import { isApple } from './ui/apple';
import { Icon } from './ui/icon';
import { InTurn } from './ui/in-turn';

/** What stands at the left: a new conversation, search, the history, and the person's own menu. */
@Component({
  selector: 'app-sidebar',
  imports: [
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    HistoryList,
    Icon,
    InTurn,
    RouterLink,
    RouterLinkActive,
    TranslocoPipe,
  ],
  templateUrl: './sidebar.html',
  styleUrl: './sidebar.css',
})
export class Sidebar {
  protected readonly session = inject(SessionStore);
  private readonly failures = inject(FailureTexts);
  protected readonly searchKeys = isApple() ? '⌘ K' : 'Ctrl K';
  readonly collapsed = output();
  readonly searchOpened = output();
  readonly shortcutsOpened = output();

  protected async signOut(): Promise<void> {
    try {
      await this.session.signOut();
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }
}
