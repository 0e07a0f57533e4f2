import {
  afterNextRender,
  Component,
  computed,
  type ElementRef,
  inject,
  Injector,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Command } from '../api/commands-api';
import { SessionStore } from '../auth/session-store';
import { LanguageStore } from '../i18n/language-store';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { CommandForm } from './command-form';
import { matching, withGaps } from './command.rules';
import { CommandsStore } from './commands-store';

/** More commands than this are worth searching. */
const FEW = 8;

/** What stands behind `/`: one's own commands, the team's, and Prosa's. */
@Component({
  selector: 'app-commands-page',
  imports: [CommandForm, Icon, PageState, RouterLink, TranslocoPipe],
  templateUrl: './commands-page.html',
  styleUrl: './commands-page.css',
})
export class CommandsPage {
  private readonly injector = inject(Injector);
  private readonly languages = inject(LanguageStore);
  protected readonly store = inject(CommandsStore);
  protected readonly session = inject(SessionStore);
  protected readonly search = signal('');
  protected readonly open = signal<{
    readonly command: Command | null;
    readonly start: string;
  } | null>(null);
  protected readonly groups = computed(() => matching(this.store.all(), this.search()));
  protected readonly hasOwn = computed(() => this.store.all().some(({ scope }) => scope === 'own'));
  protected readonly isMany = computed(() => this.store.all().length > FEW);
  private readonly newButton = viewChild.required<ElementRef<HTMLButtonElement>>('newButton');

  constructor() {
    void this.store.load();
  }

  protected mayChange({ scope }: Command): boolean {
    return scope === 'own' || this.session.isAdministrator();
  }

  /** Whether another command of the same name is called instead. */
  protected isHidden(command: Command): boolean {
    return !this.store.callable().includes(command);
  }

  /** A command with two gaps, in the language of the screens. */
  protected example(): string {
    return withGaps(this.languages.text('commands.exampleText'));
  }

  protected remove(command: Command): void {
    void this.store.remove(command);
    // The row took the focus along.
    afterNextRender(() => this.newButton().nativeElement.focus(), { injector: this.injector });
  }
}
