import {
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { toApiFailure } from '../api/api-failure';
import type { Command } from '../api/commands-api';
import { SessionStore } from '../auth/session-store';
import { FailureTexts } from '../i18n/failure-texts';
import { Figures } from '../i18n/figures';
import { LanguageStore } from '../i18n/language-store';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { TextArea } from '../ui/text-area';
import { isName, LONGEST, variablesOf, withGaps } from './command.rules';
import { CommandsStore } from './commands-store';

/** Makes a command or changes one; of Prosa's own an administrator changes title and text. */
@Component({
  selector: 'app-command-form',
  imports: [Dialog, Field, TextArea, TranslocoPipe],
  templateUrl: './command-form.html',
  styleUrl: './command-dialog.css',
})
export class CommandForm {
  private readonly store = inject(CommandsStore);
  private readonly failures = inject(FailureTexts);
  private readonly figures = inject(Figures);
  private readonly languages = inject(LanguageStore);
  protected readonly session = inject(SessionStore);
  /** The command to change; null for a new one. */
  readonly command = input<Command | null>(null);
  /** What the text of a new one begins with. */
  readonly start = input('');
  readonly closed = output();
  protected readonly longest = LONGEST;
  protected readonly name = linkedSignal(() => this.command()?.name ?? '');
  protected readonly title = linkedSignal(() => this.command()?.title ?? '');
  protected readonly text = linkedSignal(() => this.command()?.text ?? this.start());
  protected readonly scope = signal<'own' | 'team'>('own');
  protected readonly isBuiltIn = computed(() => this.command()?.scope === 'builtIn');
  protected readonly busy = signal(false);
  protected readonly refusal = signal('');
  /** Problems are said once somebody has tried, not while they type. */
  protected readonly tried = signal(false);
  private readonly takenName = signal('');
  protected readonly textHint = computed(() => {
    const names = variablesOf(this.text()).join(', ');
    return names
      ? this.languages.text('commands.variables', { names })
      : withGaps(this.languages.text('commands.textHint'));
  });
  protected readonly counter = computed(
    () => `${this.figures.count(this.text().length)} / ${this.figures.count(LONGEST.text)}`,
  );
  protected readonly heading = computed(() => {
    const command = this.command();
    return command ? `/${command.name}` : this.languages.text('commands.new');
  });
  protected readonly nameProblem = computed(() => {
    if (this.takenName()) return this.takenName();
    const wrong = this.tried() && !this.isBuiltIn() && !isName(this.typedName());
    return wrong ? this.languages.text('commands.problem-name') : '';
  });
  protected readonly titleProblem = computed(() =>
    this.tried() && !this.title().trim() ? this.languages.text('commands.problem-title') : '',
  );
  protected readonly textProblem = computed(() => {
    if (this.text().length > LONGEST.text) return this.languages.text('commands.problem-long');
    return this.tried() && !this.text().trim() ? this.languages.text('commands.problem-text') : '';
  });
  private readonly nameField = viewChild<Field>('nameField');
  private readonly titleField = viewChild.required<Field>('titleField');
  private readonly textField = viewChild.required<TextArea>('textField');

  protected async save(): Promise<void> {
    this.tried.set(true);
    this.refusal.set('');
    this.takenName.set('');
    if (this.nameProblem()) return this.nameField()?.focus();
    if (this.titleProblem()) return this.titleField().focus();
    if (this.textProblem()) return this.textField().focus();
    this.busy.set(true);
    try {
      await this.write();
      this.closed.emit();
    } catch (thrown) {
      const { code } = toApiFailure(thrown);
      const isOfName = code === 'COMMAND.NAME_TAKEN' || code === 'COMMAND.NAME_INVALID';
      (isOfName ? this.takenName : this.refusal).set(this.failures.of(thrown));
      if (isOfName) this.nameField()?.focus();
    } finally {
      this.busy.set(false);
    }
  }

  private write(): Promise<void> {
    const command = this.command();
    const wish = { name: this.typedName(), title: this.title().trim(), text: this.text().trim() };
    if (!command) return this.store.create({ ...wish, scope: this.scope() });
    if (command.key !== null) {
      // Prosa's own title is in the language of each reader; one's own is the same for all.
      const isOwn = command.changed || wish.title !== command.title;
      return this.store.changeBuiltIn(command.key, wish.text, isOwn ? wish.title : undefined);
    }
    return command.id === null ? Promise.resolve() : this.store.change(command.id, wish);
  }

  /** With or without the slash: both are what one means. */
  private typedName(): string {
    return this.name().trim().replace(/^\//, '');
  }
}
