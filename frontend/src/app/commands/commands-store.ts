import { computed, effect, inject, Service, signal, untracked } from '@angular/core';
import { type BuiltInKey, type Command, CommandsApi, type NewCommand } from '../api/commands-api';
import { SessionStore } from '../auth/session-store';
import { FailureTexts } from '../i18n/failure-texts';
import { LanguageStore } from '../i18n/language-store';
import { Toasts } from '../ui/toasts';
import { callable, isCalled, partsOf } from './command.rules';

/** What a person may change about a saved command. */
export type CommandChange = Pick<Command, 'name' | 'title' | 'text'>;

/** The commands this person can call, and what they change about them. */
@Service()
export class CommandsStore {
  private readonly api = inject(CommandsApi);
  private readonly failures = inject(FailureTexts);
  private readonly languages = inject(LanguageStore);
  private readonly session = inject(SessionStore);
  private readonly toasts = inject(Toasts);
  private readonly list = signal<readonly Command[]>([]);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');

  readonly all = this.list.asReadonly();
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  /** Without those that another of the same name goes before. */
  readonly callable = computed(() => callable(this.list()));

  constructor() {
    // Names and titles of Prosa's own are in the language of the screens; the rest is a person's.
    effect(() => {
      this.languages.language();
      const id = this.session.user()?.id;
      untracked(() => {
        this.list.set([]);
        if (id !== undefined) void this.load();
      });
    });
  }

  /** Never rejects: a failure is a state. */
  async load(): Promise<void> {
    if (this.list().length === 0) this.condition.set('loading');
    const asked = this.languages.language();
    try {
      const list = await this.api.list();
      if (asked !== this.languages.language()) return;
      this.list.set(list);
      this.condition.set('ready');
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
      if (this.list().length === 0) this.condition.set('failed');
    }
  }

  /** Whether a prompt calls a command that is there. */
  isCall(prompt: string): boolean {
    const parts = partsOf(prompt);
    return parts !== null && this.list().some((one) => isCalled(one, parts.call.slice(1)));
  }

  /** @throws ApiFailure */
  async create(command: NewCommand): Promise<void> {
    const { name } = await this.api.create(command);
    this.toasts.show(this.languages.text('commands.saved', { name }));
    await this.load();
  }

  /** @throws ApiFailure */
  async change(id: number, change: CommandChange): Promise<void> {
    const { name } = await this.api.change(id, change);
    this.toasts.show(this.languages.text('commands.saved', { name }));
    await this.load();
  }

  /** @throws ApiFailure */
  async changeBuiltIn(key: BuiltInKey, text: string, title?: string): Promise<void> {
    const { name } = await this.api.changeBuiltIn(key, { text, ...(title && { title }) });
    this.toasts.show(this.languages.text('commands.saved', { name }));
    await this.load();
  }

  /** Deletes it, with an undo for as long as the note stays. Never rejects: a failure is shown. */
  async remove({ id, scope, name, title, text }: Command): Promise<void> {
    if (id === null || scope === 'builtIn') return;
    await this.showing(async () => {
      await this.api.remove(id);
      this.list.update((list) => list.filter((one) => one.id !== id));
      this.toasts.show(this.languages.text('commands.removed', { name }), {
        label: this.languages.text('action.undo'),
        run: () => void this.showing(() => this.create({ scope, name, title, text })),
      });
    });
  }

  /** Brings Prosa's own back, with an undo. Never rejects: a failure is shown. */
  async restore({ key, name, title, text }: Command): Promise<void> {
    if (key === null) return;
    await this.showing(async () => {
      await this.api.restoreBuiltIn(key);
      await this.load();
      this.toasts.show(this.languages.text('commands.restored', { name }), {
        label: this.languages.text('action.undo'),
        run: () => void this.showing(() => this.changeBuiltIn(key, text, title)),
      });
    });
  }

  private async showing(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }
}
